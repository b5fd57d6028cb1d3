package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.TestCluster;
import dev.parley.shared.ParleyException;
import dev.parley.web.WebProperties;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Buckets refill while a test runs: what is let through is counted, and refusals are asked for until they come.
class SignInLimitsTest {
    private static final String HOME = "192.0.2.1";

    private final SignInLimits limits = new SignInLimits(
            new WebProperties(List.of(), List.of(), DataSize.ofMegabytes(2), true), TestCluster.rateLimits());

    /// There are as many narrow buckets as there are guesses; whoever is refused at the wide one makes none.
    @Test
    void whoMayGuessNoMoreTakesNothingFromTheAccount() {
        untilRefused(() -> limits.guess(HOME, "nobody" + System.nanoTime() + "@example.org"));
        long let = IntStream.range(0, 100).filter(_ -> guess("ada@example.org")).count();

        for (long i = let; i < 9; i++) {
            limits.wasRight(HOME, "bob@example.org");
            assertThatCode(() -> limits.guess(HOME, "ada@example.org")).doesNotThrowAnyException();
        }
    }

    @Test
    void whoMayGuessAtOneAccountNoMoreTakesNothingFromTheNetwork() {
        untilRefused(() -> limits.guess(HOME, "ada@example.org"));
        for (int i = 0; i < 200; i++) {
            guess("ada@example.org");
        }

        assertThatCode(() -> limits.guess(HOME, "bob@example.org")).doesNotThrowAnyException();
    }

    private boolean guess(String account) {
        try {
            limits.guess(HOME, account);
            return true;
        } catch (ParleyException e) {
            return false;
        }
    }

    private static void untilRefused(ThrowingCallable guess) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        guess.call();
                    }
                })
                .isInstanceOf(ParleyException.class);
    }
}
