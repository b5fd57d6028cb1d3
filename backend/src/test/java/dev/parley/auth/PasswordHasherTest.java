package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordHasherTest {
    private static final Standing SOMEBODY = Standing.network("192.0.2.1", false);

    private final PasswordHasher hasher = new PasswordHasher(1, 1);

    @AfterEach
    void stop() {
        hasher.destroy();
    }

    @Test
    void aHashNamesItsParametersAndFitsItsPasswordOnly() {
        String hash = hash("seven green bottles");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hash("seven green bottles")).isNotEqualTo(hash);
        assertThat(matches("seven green bottles", hash)).isTrue();
        assertThat(matches("seven green bottle", hash)).isFalse();
        assertThat(hasher.isOutdated(hash)).isFalse();
    }

    @Test
    void anAccentIsTheSameHoweverItIsTyped() {
        assertThat(matches("cafe\u0301 au lait", hash("café au lait"))).isTrue();
    }

    @Test
    @Timeout(60)
    void whatIsTooLongToBeAPasswordFitsNothing() {
        String longest = "x".repeat(128);
        String hash = hash(longest);

        assertThat(matches(longest, hash)).isTrue();
        assertThat(matches(longest + "x", hash(longest + "x"))).isFalse();
        assertThat(matches("\u0301".repeat(500_000) + "\u0316".repeat(500_000), hash))
                .isFalse();
    }

    /// Compared with each other only, in turns and with room: what a hash costs depends on the machine and its other
    /// work.
    @Test
    void nobodysPasswordTakesAsLongAsAnybodys() {
        String hash = hash("seven green bottles");
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

        assertThat(matches("seven green bottles", former)).isTrue();
        assertThat(hasher.isOutdated(former)).isTrue();
    }

    private String hash(String password) {
        try (PasswordHasher.Turn turn = hasher.turn(SOMEBODY)) {
            return turn.hash(password);
        }
    }

    private boolean matches(String password, @Nullable String hash) {
        try (PasswordHasher.Turn turn = hasher.turn(SOMEBODY)) {
            return turn.matches(password, hash);
        }
    }

    private long timeOf(@Nullable String hash) {
        long start = System.nanoTime();
        assertThat(matches("wrong", hash)).isFalse();
        return System.nanoTime() - start;
    }
}
