package dev.parley.memory;

import dev.parley.models.EmbeddingModels;
import java.util.List;

/// A provider's embedding model. Many such models find all texts somewhat alike; what all have in common is taken out,
/// so that what is near means the same with each of them.
final class ProviderEmbedder implements Embedder {
    /// About nothing in common.
    private static final List<String> ANYTHING = List.of(
            "The train to the coast leaves at nine.",
            "She plays the violin in a small orchestra.",
            "How do I sort a list of numbers?",
            "Mein Bruder arbeitet in einer Bäckerei.",
            "The invoice was paid in March.",
            "I would like a recipe without eggs.",
            "It rained during the whole holiday.",
            "The kitchen needs a new lamp.",
            "Can you translate this letter for me?",
            "They adopted a cat last winter.",
            "Der Vertrag endet im Herbst.",
            "The exam was harder than expected.",
            "He runs ten kilometres every Sunday.",
            "Which film won the prize?",
            "The server restarts every night.",
            "We painted the fence green.");
    /// Of a longer text its beginning: the shortest such models read 512 tokens.
    static final int LONGEST = 1_800;

    private final EmbeddingModels models;
    private final String model;
    private final float[] common;

    private ProviderEmbedder(EmbeddingModels models, String model, float[] common) {
        this.models = models;
        this.model = model;
        this.common = common;
    }

    static EmbedderSource source(EmbeddingModels models, String model) {
        return new EmbedderSource() {
            @Override
            public String model() {
                return model;
            }

            @Override
            public boolean waits() {
                return true;
            }

            @Override
            public Embedder load() {
                return new ProviderEmbedder(models, model, mean(models.embed(model, ANYTHING)));
            }
        };
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public List<byte[]> embed(List<String> texts) {
        List<String> beginnings =
                texts.stream().map(text -> Notes.beginning(text, LONGEST)).toList();
        return models.embed(model, beginnings).stream()
                .map(direction -> Vector.of(without(unit(direction), common)))
                .toList();
    }

    private static float[] mean(List<float[]> directions) {
        float[] mean = new float[directions.getFirst().length];
        for (float[] direction : directions) {
            float[] unit = unit(direction);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += unit[i] / directions.size();
            }
        }
        return mean;
    }

    private static float[] unit(float[] direction) {
        double squares = 0;
        for (float value : direction) {
            squares += value * value;
        }
        float[] unit = direction.clone();
        for (int i = 0; squares > 0 && i < unit.length; i++) {
            unit[i] /= (float) Math.sqrt(squares);
        }
        return unit;
    }

    private static float[] without(float[] direction, float[] common) {
        if (direction.length != common.length) {
            throw new IllegalStateException("The embedding model gives directions of another length than before.");
        }
        float[] rest = new float[direction.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = direction[i] - common[i];
        }
        return rest;
    }
}
