package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordHasherTest {
    private final PasswordHasher hasher = new PasswordHasher(1, 1);

    @AfterEach
    void stop() {
        hasher.destroy();
    }

    @Test
    void aHashNamesItsParametersAndFitsItsPasswordOnly() {
        String hash = hasher.hash("seven green bottles");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.hash("seven green bottles")).isNotEqualTo(hash);
        assertThat(hasher.matches("seven green bottles", hash)).isTrue();
        assertThat(hasher.matches("seven green bottle", hash)).isFalse();
        assertThat(hasher.isOutdated(hash)).isFalse();
    }

    @Test
    void anAccentIsTheSameHoweverItIsTyped() {
        assertThat(hasher.matches("cafe\u0301 au lait", hasher.hash("café au lait")))
                .isTrue();
    }

    @Test
    @Timeout(60)
    void whatIsTooLongToBeAPasswordFitsNothing() {
        String longest = "x".repeat(128);
        String hash = hasher.hash(longest);

        assertThat(hasher.matches(longest, hash)).isTrue();
        assertThat(hasher.matches(longest + "x", hasher.hash(longest + "x"))).isFalse();
        assertThat(hasher.matches("\u0301".repeat(500_000) + "\u0316".repeat(500_000), hash))
                .isFalse();
    }

    /// Compared with each other only, in turns and with room: what a hash costs depends on the machine and its other
    /// work.
    @Test
    void nobodysPasswordTakesAsLongAsAnybodys() {
        String hash = hasher.hash("seven green bottles");
        long somebody = Long.MAX_VALUE;
        long nobody = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            somebody = Math.min(somebody, timeOf(hash));
            nobody = Math.min(nobody, timeOf(null));
        }

        assertThat((double) nobody / somebody).isBetween(0.3, 3.0);
    }

    @Test
    void aHashOfFormerParametersIsOutdated() {
        String former = new Argon2PasswordEncoder(16, 32, 1, 8 * 1024, 1).encode("seven green bottles");

        assertThat(hasher.matches("seven green bottles", former)).isTrue();
        assertThat(hasher.isOutdated(former)).isTrue();
    }

    @Test
    void whoFindsTheQueueFullIsToldToComeBack() throws Exception {
        int callers = 8;
        CountDownLatch together = new CountDownLatch(callers);
        List<Future<String>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                results.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return hasher.hash("seven green bottles");
                }));
            }
        }

        List<Future<String>> refused = results.stream()
                .filter(result -> result.state() == Future.State.FAILED)
                .toList();
        assertThat(refused).isNotEmpty().hasSizeLessThan(callers);
        assertThatThrownBy(() -> refused.getFirst().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ParleyException.class, e -> {
                    assertThat(e.code()).isEqualTo(CommonError.SERVICE_UNAVAILABLE);
                    assertThat(e.details()).containsKey("retry_after");
                });
    }

    private long timeOf(@Nullable String hash) {
        long start = System.nanoTime();
        assertThat(hasher.matches("wrong", hash)).isFalse();
        return System.nanoTime() - start;
    }
}
