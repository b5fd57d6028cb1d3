package dev.parley.auth;

import dev.parley.shared.Letters;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Argon2id, the slow part of signing in: on few threads of its own, because a virtual thread that computes holds the
/// carrier that streams are waiting for. Nobody hashes without a [Turn], and there are as many as there are threads.
@Component
class PasswordHasher implements DisposableBean {
    // OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane.
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final int THREADS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() - 1));
    private static final int WAITING = 256 * THREADS;
    private static final int IDLE_SECONDS = 30;

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final ThreadPoolExecutor pool;
    private final Turns turns;
    private final String nobodysHash = nobodysHash();

    PasswordHasher() {
        this(THREADS, WAITING);
    }

    /// @param waiting in each lane
    PasswordHasher(int threads, int waiting) {
        turns = new Turns(threads, waiting);
        pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("password-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /// Waits for a turn. What is asked of the database for the sake of a password belongs into it: who is sent away
    /// then
    /// costs no statement.
    ///
    /// @throws dev.parley.shared.ParleyException SERVICE_UNAVAILABLE when too many wait
    Turn turn(Standing standing) {
        return new Turn(turns.take(standing));
    }

    /// Whether the hash was made with other parameters than today's.
    boolean isOutdated(String hash) {
        return argon2.upgradeEncoding(hash);
    }

    /// The right to hash, for a short while.
    final class Turn implements AutoCloseable {
        private final Turns.Turn taken;

        private Turn(Turns.Turn taken) {
            this.taken = taken;
        }

        String hash(String password) {
            return compute(() -> argon2.encode(canonical(password)));
        }

        /// @param hash null when there is no such account: takes as long, and is never true; nor is a password that is
        /// too long to be one
        boolean matches(String password, @Nullable String hash) {
            if (PasswordRules.isTooLong(password)) {
                return matches("", null);
            }
            String against = hash == null ? nobodysHash : hash;
            return compute(() -> argon2.matches(canonical(password), against)) && hash != null;
        }

        @Override
        public void close() {
            taken.close();
        }
    }

    /// A hash of today's parameters that belongs to no password, made without the cost of computing one.
    private static String nobodysHash() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(MEMORY_KIB, PASSES, LANES, randomText(SALT_BYTES), randomText(HASH_BYTES));
    }

    private static String randomText(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getEncoder().withoutPadding().encodeToString(random);
    }

    private <T> T compute(Callable<T> work) {
        Future<T> result = pool.submit(work);
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw Turns.busy(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed.", e.getCause());
        }
    }

    /// Keyboards differ in how they put an accented letter together.
    private static String canonical(String password) {
        return Letters.normal(password, Normalizer.Form.NFKC);
    }

    @Override
    public void destroy() {
        pool.shutdown();
    }
}
