package dev.parley.memory;

/// Where the model comes from that says what texts mean.
interface EmbedderSource {
    /// Its name, known before it is loaded; empty: there is none, and words decide alone.
    String model();

    Embedder load();

    /// Whether it asks somebody else and waits, rather than computing.
    default boolean waits() {
        return false;
    }

    /// The one that Parley carries.
    static EmbedderSource builtIn() {
        return new EmbedderSource() {
            @Override
            public String model() {
                return MiniLm.MODEL;
            }

            @Override
            public Embedder load() {
                return MiniLm.load();
            }
        };
    }

    static EmbedderSource none() {
        return new EmbedderSource() {
            @Override
            public String model() {
                return "";
            }

            @Override
            public Embedder load() {
                throw new IllegalStateException("There is no embedding model.");
            }
        };
    }
}
