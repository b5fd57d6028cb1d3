package dev.parley.models;

import org.jspecify.annotations.Nullable;

/// A model's answer while it arrives. Read by one thread; closed by any.
///
/// [#close()] ends the provider's connection: a [#next()] that waits then throws [ProviderException].
public interface Completion extends AutoCloseable {
    /// Waits for the next piece. After a [Piece.End] nothing follows.
    ///
    /// @throws ProviderException when the provider fails, falls silent, or the completion is closed
    Piece next();

    /// Whether [#next()] would return at once, so that a reader may hold back a flush.
    boolean ready();

    /// Who answers instead of the model that was asked; null while nobody does. Told to the thread that reads.
    default @Nullable Fallback fallback() {
        return null;
    }

    @Override
    void close();
}
