package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.Event.Kind;
import dev.parley.answers.Event.Placed;
import dev.parley.chats.Message;
import dev.parley.chats.Message.Status;
import dev.parley.shared.Ids;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// "Hello" begins at place 1 and ends at 6; its end is 7.
class ToldTest {
    private static Message hello(Status status) {
        return new Message(
                Ids.next(),
                Ids.next(),
                null,
                null,
                Message.Role.ASSISTANT,
                "Hello",
                status,
                Instant.EPOCH,
                Message.Metadata.NONE,
                null,
                List.of());
    }

    private static List<Event> after(long seen, Status status) {
        Message answer = hello(status);
        return Told.log(answer, answer, 0, seen).known(seen).stream()
                .map(Placed::event)
                .toList();
    }

    @Test
    void whoWasInTheMiddleIsToldTheRest() {
        for (Status status : new Status[] {Status.COMPLETE, Status.STOPPED, Status.INTERRUPTED, Status.FAILED}) {
            assertThat(after(4, status)).hasSize(2).first().isEqualTo(new Event.Delta(Kind.TEXT, "lo"));
        }
    }

    @Test
    void whoHasTheEndOfAWholeAnswerIsToldItAgain() {
        assertThat(after(7, Status.COMPLETE)).singleElement().isInstanceOf(Event.Done.class);
    }

    @Test
    void whoMayHaveReadMoreThanWasSavedIsToldEverything() {
        assertThat(after(7, Status.INTERRUPTED))
                .startsWith(new Event.Reset(), new Event.Delta(Kind.TEXT, "Hello"))
                .hasSize(3);
        assertThat(after(8, Status.COMPLETE)).hasSize(3).startsWith(new Event.Reset());
    }

    @Test
    void aPlaceInAFormerAttemptIsNone() {
        Message answer = hello(Status.COMPLETE);
        long next = 1L << 32;
        assertThat(Told.log(answer, answer, 1, 4).known(4))
                .extracting(Placed::event)
                .startsWith(new Event.Reset(), new Event.Delta(Kind.TEXT, "Hello"));
        assertThat(Told.log(answer, answer, 1, next + 4).known(next + 4))
                .extracting(Placed::event)
                .startsWith(new Event.Delta(Kind.TEXT, "lo"));
    }
}
