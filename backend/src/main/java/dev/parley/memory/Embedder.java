package dev.parley.memory;

import java.util.List;

/// Turns texts into directions: those of texts that mean the same are close.
interface Embedder extends AutoCloseable {
    /// Which model: directions of different ones cannot be compared.
    String model();

    /// Computes or waits; never to be called where an answer waits for it.
    ///
    /// @return one for each text, all of the same length
    List<byte[]> embed(List<String> texts);

    @Override
    default void close() {}
}
