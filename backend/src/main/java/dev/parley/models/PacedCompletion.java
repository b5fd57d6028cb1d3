package dev.parley.models;

import dev.parley.models.Piece.StopReason;
import dev.parley.models.Piece.Usage;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text that is known, told word by word at a pace that can be read along.
final class PacedCompletion implements Completion {
    /// A word with the space after it; what has no spaces goes by a few characters.
    private static final Pattern WORD = Pattern.compile("\\G\\s*+\\S{1,24}+\\s*+");

    private final Iterator<String> words;
    private final long promptTokens;
    private final long mostTokens;
    private final long pace;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long due = System.nanoTime();
    private long tokens;
    private boolean closed;

    /// @param mostTokens null: all of it
    PacedCompletion(String text, long promptTokens, @Nullable Integer mostTokens, Duration pace) {
        this.words = WORD.matcher(text).results().map(MatchResult::group).iterator();
        this.promptTokens = promptTokens;
        this.mostTokens = mostTokens == null ? Long.MAX_VALUE : mostTokens;
        this.pace = pace.toNanos();
    }

    @Override
    public Piece next() {
        lock.lock();
        try {
            await();
            if (closed) {
                throw Failures.closed();
            }
            due += pace;
            if (!words.hasNext()) {
                return end("stop");
            }
            if (tokens >= mostTokens) {
                return end("length");
            }
            String word = words.next();
            tokens += Tokens.in(word);
            return new Piece.Text(word);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean ready() {
        lock.lock();
        try {
            return closed || System.nanoTime() - due >= 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Piece end(String reason) {
        return new Piece.End(new StopReason(reason), new Usage(promptTokens, tokens, null));
    }

    private void await() {
        long left = due - System.nanoTime();
        while (!closed && left > 0) {
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failures.closed();
            }
        }
    }
}
