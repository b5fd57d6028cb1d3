package dev.parley.models;

import dev.parley.models.Chunk.Fault;

/// What providers say when they do not answer, for tests of other modules.
public final class Refusals {
    private Refusals() {}

    public static ProviderException of(int status) {
        return Failures.refused(status, new Fault("", "", ""), null, "scripted");
    }
}
