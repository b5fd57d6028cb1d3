package dev.parley.gateway;

import dev.parley.models.Completion;
import dev.parley.models.Models;
import dev.parley.models.Piece;
import dev.parley.models.Prompt;
import java.util.List;
import java.util.Optional;

/// A model that says a word so many times, until it is closed.
class OneModel implements Models, Completion {
    private final int words;
    private int said;
    private volatile boolean closed;

    OneModel(int words) {
        this.words = words;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Piece next() {
        if (closed) {
            throw new IllegalStateException("The answer was stopped.");
        }
        return said++ < words
                ? new Piece.Text("and on ")
                : new Piece.End(new Piece.StopReason("stop"), Piece.Usage.UNKNOWN);
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Completion open(Prompt prompt) {
        return this;
    }

    @Override
    public List<Model> list() {
        throw new UnsupportedOperationException("Nobody asks");
    }

    @Override
    public Optional<Model> find(String id) {
        throw new UnsupportedOperationException("Nobody asks");
    }

    @Override
    public Model defaultModel() {
        throw new UnsupportedOperationException("Nobody asks");
    }
}
