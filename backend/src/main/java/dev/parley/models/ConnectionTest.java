package dev.parley.models;

import dev.parley.models.Models.Model;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Asks a provider, as a chat would, which models it has and a short question, to see whether it works. A list alone
/// says little: some show it to everybody, whatever the key.
final class ConnectionTest {
    static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int SHORT_ANSWER = 16;

    private final Source source;
    private final Duration longest;
    private final Lock lock = new ReentrantLock();
    private @Nullable Completion asking;
    private boolean over;

    ConnectionTest(Source source, Duration longest) {
        this.source = source;
        this.longest = longest;
    }

    /// @param sentence for a person
    record Result(boolean works, String sentence) {}

    /// Returns in time, whatever the provider does.
    ///
    /// @param model the id of the one that is asked; null: the first that it offers
    Result run(@Nullable String model) {
        FutureTask<Result> test = new FutureTask<>(() -> result(model));
        Thread.ofVirtual().name("test of " + source.name()).start(test);
        try {
            return test.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Result(
                    false,
                    "Nothing came within " + longest.toSeconds()
                            + " s. A model that has to be loaded first may need longer: try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(false, "The test was broken off.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A provider could not be tested.", e.getCause());
        } finally {
            end();
        }
    }

    private Result result(@Nullable String wished) {
        try {
            List<Model> models = source.provider().modelsNow();
            if (models.isEmpty()) {
                return new Result(false, "It answers, but has no model for chat.");
            }
            String model = wished == null ? models.getFirst().id() : wished;
            long start = System.nanoTime();
            ask(model);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return new Result(true, "It works: " + model + " answered after " + millis + " ms.");
        } catch (ProviderException e) {
            return new Result(false, e.sentence());
        }
    }

    /// Until its first piece has come.
    private void ask(String model) {
        Prompt question = new Prompt(model, List.of(new Turn(Role.USER, "Say OK.")), null, SHORT_ANSWER);
        try (Completion completion = begun(source.provider().open(question))) {
            completion.next();
        }
    }

    private Completion begun(Completion completion) {
        lock.lock();
        try {
            asking = completion;
            if (over) {
                completion.close();
            }
            return completion;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            over = true;
            if (asking != null) {
                asking.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
