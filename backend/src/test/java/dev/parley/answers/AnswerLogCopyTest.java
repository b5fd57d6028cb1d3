package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.Event.Kind;
import dev.parley.answers.Event.Placed;
import dev.parley.chats.Message;
import dev.parley.shared.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A log that several sources fill, and a listener of it: what it was told since the last reset is what is stored.
class AnswerLogCopyTest {
    private final Message message = new Message(
            Ids.next(),
            Ids.next(),
            null,
            null,
            Message.Role.ASSISTANT,
            "",
            Message.Status.STREAMING,
            Instant.EPOCH,
            Message.Metadata.NONE,
            null,
            List.of());
    private final AnswerLog copy = AnswerLog.ofFollower(message, message, 0);
    private final Event done = new Event.Done(message);

    private final StringBuilder told = new StringBuilder();
    private long seen;
    private int resets;

    private void listen() {
        for (Placed placed : copy.known(seen)) {
            assertThat(placed.id()).isGreaterThan(seen);
            switch (placed.event()) {
                case Event.Delta(var _, var text) -> told.append(text);
                case Event.Reset() -> {
                    told.setLength(0);
                    resets++;
                }
                case Event.Start _, Event.Done _, Event.Failed _ -> {}
            }
            seen = placed.id();
        }
    }

    @Test
    void whatComesTwiceOrOverlapsIsAddedOnce() {
        assertThat(copy.extend(0, 1, Kind.TEXT, "Hello")).isTrue();
        assertThat(copy.extend(0, 1, Kind.TEXT, "Hello")).isTrue();
        assertThat(copy.extend(0, 4, Kind.TEXT, "lo you")).isTrue();
        assertThat(copy.extend(0, 2, Kind.TEXT, "ello")).isTrue();

        assertThat(copy.text(Kind.TEXT)).isEqualTo("Hello you");
    }

    @Test
    void whereSomethingIsMissingNothingIsAdded() {
        copy.extend(0, 1, Kind.TEXT, "Hel");

        assertThat(copy.extend(0, 6, Kind.TEXT, "you")).isFalse();

        assertThat(copy.text(Kind.TEXT)).isEqualTo("Hel");
    }

    @Test
    void aFormerWriterIsNotHeardAndALaterOneBeginsAnew() {
        copy.extend(0, 1, Kind.TEXT, "Hello");
        listen();
        assertThat(copy.extend(1, 3, Kind.TEXT, "od day")).isFalse();
        assertThat(copy.extend(1, 1, Kind.TEXT, "Go")).isTrue();
        assertThat(copy.extend(0, 6, Kind.TEXT, " from the past")).isTrue();
        listen();

        assertThat(told).hasToString("Go");
        assertThat(resets).isEqualTo(1);
    }

    @Test
    void whatWasToldAndIsNotStoredIsTakenBack() {
        copy.extend(0, 1, Kind.TEXT, "Hello you");
        listen();

        copy.conclude(0, "", "Hello", done);
        listen();

        assertThat(told).hasToString("Hello");
        assertThat(resets).isEqualTo(1);
    }

    @Test
    void whatIsStoredIsNotToldTwice() {
        copy.extend(0, 1, Kind.TEXT, "Hel");
        listen();

        copy.conclude(0, "", "Hello", done);
        assertThat(copy.extend(0, 6, Kind.TEXT, " too late")).isTrue();
        listen();

        assertThat(told).hasToString("Hello");
        assertThat(resets).isZero();
    }

    /// He has "Hello!" from the writer, who died before he saved the last character. In this log the same number means
    /// the end.
    @Test
    void whoHadReadMoreElsewhereIsToldEverythingAgain() {
        copy.extend(0, 1, Kind.TEXT, "Hel");
        told.append("Hello!");
        seen = 7;

        copy.conclude(0, "", "Hello", done);
        listen();

        assertThat(told).hasToString("Hello");
        assertThat(resets).isEqualTo(1);
    }

    /// Table and Redis bring pieces in any order, doubled and cut anywhere; a writer may die at any moment.
    @Test
    void howeverItComesTheListenerHasWhatIsStored() {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            AnswerLogCopyTest one = new AnswerLogCopyTest();
            int epochs = 1 + random.nextInt(3);
            String stored = "";
            for (int epoch = 0; epoch < epochs; epoch++) {
                String text = random.ints(30 + random.nextInt(100), 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                for (int piece = 0; piece < 40; piece++) {
                    int of = Math.max(0, epoch - random.nextInt(2));
                    int from = random.nextInt(text.length());
                    int to = from + random.nextInt(text.length() - from + 1);
                    if (of == epoch) {
                        one.copy.extend(of, 1L + from, Kind.TEXT, text.substring(from, to));
                    } else {
                        one.copy.extend(of, one.copy.position(), Kind.TEXT, "from a former writer");
                    }
                    if (random.nextBoolean()) {
                        one.listen();
                    }
                }
                stored = text.substring(0, random.nextInt(text.length() + 1));
                if (epoch + 1 < epochs && one.copy.epoch() < epoch) {
                    one.copy.restart(epoch);
                }
            }
            one.copy.conclude(epochs - 1, "", stored, one.done);
            one.listen();
            assertThat(one.told).hasToString(stored);
        }
    }
}
