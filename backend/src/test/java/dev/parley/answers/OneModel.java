package dev.parley.answers;

import dev.parley.models.Completion;
import dev.parley.models.Models;
import dev.parley.models.Prompt;
import java.util.List;
import java.util.Optional;

/// A model and its one answer, for a run that is put together by hand: a test says what comes next.
abstract class OneModel implements Models, Completion {
    @Override
    public List<Model> list() {
        return List.of();
    }

    @Override
    public Optional<Model> find(String id) {
        return Optional.empty();
    }

    @Override
    public Model defaultModel() {
        throw new IllegalStateException("Nobody asks");
    }

    @Override
    public Completion open(Prompt prompt) {
        return this;
    }

    @Override
    public boolean ready() {
        return false;
    }
}
