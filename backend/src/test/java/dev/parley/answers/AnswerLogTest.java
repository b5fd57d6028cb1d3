package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.Event.Kind;
import dev.parley.answers.Event.Placed;
import dev.parley.chats.Message;
import dev.parley.shared.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AnswerLogTest {
    private final AnswerLog log = AnswerLog.ofWriter(message(), message(), 0);

    private static Message message() {
        return new Message(
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
    }

    private static String text(List<Placed> events) {
        StringBuilder text = new StringBuilder();
        for (Placed placed : events) {
            if (placed.event() instanceof Event.Reset) {
                text.setLength(0);
            } else if (placed.event() instanceof Event.Delta(var _, var more)) {
                text.append(more);
            }
        }
        return text.toString();
    }

    @Test
    void whoStartsIsToldTheStartFirst() throws InterruptedException {
        log.append(Kind.TEXT, "Hello");
        assertThat(log.next(0, () -> true))
                .containsExactly(
                        new Placed(1, new Event.Start(log.question(), log.answer())),
                        new Placed(6, new Event.Delta(Kind.TEXT, "Hello")));
    }

    @Test
    void whoJoinsIsToldHowLongTheModelHasThought() throws InterruptedException {
        long[] now = {0};
        Thinking thinking = new Thinking(() -> now[0]);
        log.times(thinking);
        assertThat(start().metadata().reasoningMillis()).isNull();
        thinking.begins();
        now[0] += 3_000_000;
        assertThat(start().metadata().reasoningMillis()).isEqualTo(3);
        thinking.ends();
        now[0] += 5_000_000;
        assertThat(start().metadata().reasoningMillis()).isEqualTo(3);
    }

    private Message start() throws InterruptedException {
        return ((Event.Start) log.next(0, () -> true).getFirst().event()).answer();
    }

    @Test
    void aResumeCutsInsideWhatWasMergedMeanwhile() throws InterruptedException {
        log.append(Kind.TEXT, "Hel");
        log.append(Kind.TEXT, "lo");
        assertThat(log.next(4, () -> true)).containsExactly(new Placed(6, new Event.Delta(Kind.TEXT, "lo")));
    }

    @Test
    void nothingNewIsNothing() throws InterruptedException {
        log.append(Kind.TEXT, "Hello");
        assertThat(log.next(6, () -> true)).isEmpty();
    }

    @Test
    void thinkingAndTextKeepTheirOrder() throws InterruptedException {
        log.append(Kind.REASONING, "hm");
        log.append(Kind.TEXT, "yes");
        log.append(Kind.REASONING, "or");
        assertThat(log.next(1, () -> true))
                .containsExactly(
                        new Placed(3, new Event.Delta(Kind.REASONING, "hm")),
                        new Placed(6, new Event.Delta(Kind.TEXT, "yes")),
                        new Placed(8, new Event.Delta(Kind.REASONING, "or")));
    }

    @Test
    void whoHasSeenTheEndIsToldItAgainInsteadOfWaiting() throws InterruptedException {
        log.append(Kind.TEXT, "Hi");
        log.end(new Event.Done(log.answer()));
        assertThat(log.next(4, () -> false)).containsExactly(new Placed(4, new Event.Done(log.answer())));
    }

    @Test
    void afterATakeoverAnOlderIdIsAnsweredWithAResetAndEverything() throws InterruptedException {
        log.append(Kind.TEXT, "Hello");
        log.restart(1);
        log.append(Kind.TEXT, "Hi");
        long epoch = 1L << 32;
        assertThat(log.next(6, () -> true))
                .containsExactly(
                        new Placed(epoch + 1, new Event.Reset()),
                        new Placed(epoch + 3, new Event.Delta(Kind.TEXT, "Hi")));
    }

    @Test
    void aFollowersLogWaitsForWhatAListenerHasSeenElsewhere() throws InterruptedException {
        AnswerLog behind = AnswerLog.ofFollower(message(), message(), 0);
        behind.append(Kind.TEXT, "Hel");
        assertThat(behind.next(6, () -> true)).isEmpty();
        behind.append(Kind.TEXT, "lo!");
        assertThat(behind.next(6, () -> true)).containsExactly(new Placed(7, new Event.Delta(Kind.TEXT, "!")));
    }

    @Test
    void anIdInsideASurrogatePairIsNoPlaceOfOurs() throws InterruptedException {
        log.append(Kind.TEXT, "a🙂b");
        assertThat(text(log.next(3, () -> true))).isEqualTo("a🙂b");
        assertThat(log.next(3, () -> true).getFirst().event()).isEqualTo(new Event.Reset());
    }

    @Test
    void whatIsSavedIsNotSavedAgain() {
        log.append(Kind.TEXT, "one ");
        AnswerLog.Unsaved first = log.unsaved().getFirst();
        assertThat(first).isEqualTo(new AnswerLog.Unsaved(0, 1, Kind.TEXT, "one "));
        log.append(Kind.TEXT, "two");
        log.saved(first.epoch(), first.end());
        assertThat(log.unsaved()).containsExactly(new AnswerLog.Unsaved(0, 5, Kind.TEXT, "two"));
    }

    @Test
    void whatWasSavedUnderAnOlderEpochDoesNotCount() {
        log.append(Kind.TEXT, "old");
        log.restart(1);
        log.append(Kind.TEXT, "new");
        log.saved(0, 4);
        assertThat(log.unsaved()).containsExactly(new AnswerLog.Unsaved(1, 1, Kind.TEXT, "new"));
    }

    /// A listener that leaves and comes back at random gets every unit once, however the writer and the reader meet.
    @RepeatedTest(20)
    void anyNumberOfReturnsGivesTheSameText() throws Exception {
        Random random = new Random();
        StringBuilder written = new StringBuilder();
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String piece = random.nextInt(8) == 0 ? "🙂" : "w" + i + " ";
            pieces.add(piece);
            written.append(piece);
        }
        Thread writer = Thread.ofVirtual().start(() -> {
            for (String piece : pieces) {
                log.append(Kind.TEXT, piece);
            }
            log.end(new Event.Done(log.answer()));
        });
        StringBuilder read = new StringBuilder();
        long seen = 0;
        boolean done = false;
        while (!done) {
            List<Placed> events = log.next(seen, () -> false);
            // Of what is sent, only a part arrives before the line is cut.
            for (Placed placed : events.subList(0, 1 + random.nextInt(events.size()))) {
                if (placed.event() instanceof Event.Delta(var _, var text)) {
                    read.append(text);
                }
                assertThat(placed.id()).isGreaterThan(seen);
                seen = placed.id();
                done |= placed.isLast();
            }
        }
        writer.join();
        assertThat(read).hasToString(written.toString());
    }
}
