package dev.parley.models;

import org.jspecify.annotations.Nullable;

/// A completion at which somebody looks while it comes: its first piece, its end, and how it failed. One that was
/// closed has not failed.
abstract class ObservedCompletion implements Completion {
    private final Completion completion;
    private boolean begun;
    private volatile boolean closed;

    ObservedCompletion(Completion completion) {
        this.completion = completion;
    }

    abstract void began();

    abstract void ended(Piece.End end);

    abstract void failed(ProviderException failure);

    @Override
    public Piece next() {
        try {
            Piece piece = completion.next();
            if (!begun) {
                begun = true;
                began();
            }
            if (piece instanceof Piece.End end) {
                ended(end);
            }
            return piece;
        } catch (ProviderException e) {
            if (!closed) {
                failed(e);
            }
            throw e;
        }
    }

    @Override
    public boolean ready() {
        return completion.ready();
    }

    @Override
    public @Nullable Fallback fallback() {
        return completion.fallback();
    }

    @Override
    public void close() {
        closed = true;
        completion.close();
    }
}
