package dev.parley.gateway;

import dev.parley.models.Completion;
import dev.parley.models.Fallback;
import dev.parley.models.Piece;
import dev.parley.models.Prompt;
import dev.parley.shared.ParleyException;
import dev.parley.usage.Spent;
import dev.parley.web.Requests;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// One question of a program, asked for as long as the program waits. A thread of its own reads the answer, so that who
/// tells it can look after a client that hears nothing for a while. Read by one thread; ended by any.
final class Call implements AutoCloseable {
    /// So many pieces ahead of a slow client, and the provider waits too.
    private static final int AHEAD = 64;

    private final Prompt prompt;
    private final Completion completion;
    private final Meter meter = new Meter();
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;
    private volatile @Nullable ParleyException ended;

    private sealed interface Arrival {
        record Told(Piece piece, @Nullable Fallback fallback) implements Arrival {}

        record Broken(RuntimeException failure) implements Arrival {}
    }

    private @Nullable Fallback fallback;
    private boolean failed;

    /// @param id under which the log knows the request
    Call(Prompt prompt, Completion completion, String id) {
        this.prompt = prompt;
        this.completion = completion;
        reader = Thread.ofVirtual().name("call-" + id).start(() -> {
            try (MDC.MDCCloseable _ = Requests.inLog(id)) {
                read();
            }
        });
    }

    /// Waits for the next piece.
    ///
    /// @return null when none comes in that time
    @Nullable
    Piece next(Duration longest) throws InterruptedException {
        Arrival arrival = arrivals.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        ParleyException end = ended;
        if (end != null) {
            throw end;
        }
        return switch (arrival) {
            case null -> null;
            case Arrival.Told told -> {
                fallback = told.fallback;
                yield told.piece;
            }
            case Arrival.Broken(RuntimeException failure) -> {
                failed = true;
                throw failure;
            }
        };
    }

    /// Whether [#next] would return at once, so that a flush can wait.
    boolean ready() {
        return !arrivals.isEmpty();
    }

    /// Who answers instead of the model that was asked, as far as was read.
    @Nullable
    Fallback fallback() {
        return fallback;
    }

    /// Whether the provider ended it, as far as was read, before its answer did.
    boolean hasFailed() {
        return failed;
    }

    Meter meter() {
        return meter;
    }

    /// What it has needed so far: as the provider counted it, else roughly.
    Piece.Usage usage() {
        Spent spent = meter.spent(prompt, fallback, false);
        return new Piece.Usage(spent.promptTokens(), spent.completionTokens(), null);
    }

    /// Ends it for its reader too.
    void end(ParleyException reason) {
        ended = reason;
        completion.close();
    }

    @Override
    public void close() {
        completion.close();
        reader.interrupt();
    }

    private void read() {
        try (completion) {
            Piece piece;
            do {
                piece = completion.next();
                meter.goesOn(piece);
                arrivals.put(new Arrival.Told(piece, completion.fallback()));
            } while (!(piece instanceof Piece.End));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            tell(e);
        }
    }

    private void tell(RuntimeException failure) {
        try {
            arrivals.put(new Arrival.Broken(failure));
        } catch (InterruptedException e) {
            // Nobody listens any more.
            Thread.currentThread().interrupt();
        }
    }
}
