package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.models.Piece.StopReason;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(20)
class PacedCompletionTest {
    private static final String TEXT = "  One two\n\n- three 🙂🙂🙂 " + "四".repeat(60) + "\n";

    @Test
    void theWordsTogetherAreTheText() {
        Collected answer = Collected.from(new PacedCompletion(TEXT, 5, null, Duration.ZERO));

        assertThat(answer.text()).isEqualTo(TEXT);
        assertThat(answer.pieces()).hasSizeGreaterThan(7);
        assertThat(answer.end().reason()).isEqualTo(new StopReason("stop"));
        assertThat(answer.end().usage().promptTokens()).isEqualTo(5);
        assertThat(answer.end().usage().completionTokens()).isPositive();
    }

    @Test
    void endsAtTheMostTokensAsAModelDoes() {
        Collected answer = Collected.from(new PacedCompletion("one two three four", 0, 2, Duration.ZERO));

        assertThat(answer.text()).isEqualTo("one two ");
        assertThat(answer.end().reason()).isEqualTo(new StopReason("length"));
    }

    @Test
    void isNotReadyBeforeItsTime() {
        Completion slow = new PacedCompletion("one two", 0, null, Duration.ofDays(1));
        assertThat(slow.ready()).isTrue();
        assertThat(slow.next()).isEqualTo(new Piece.Text("one "));
        assertThat(slow.ready()).isFalse();
    }

    @Test
    void closingWakesAReaderAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Completion slow = new PacedCompletion("one two", 0, null, Duration.ofDays(1));
            slow.next();
            Future<Collected> reader = threads.submit(() -> Collected.from(slow));
            slow.close();
            assertThat(reader.get().failed().sentence()).isEqualTo("The answer was stopped.");
        }
    }
}
