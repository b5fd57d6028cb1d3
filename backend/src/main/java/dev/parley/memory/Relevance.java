package dev.parley.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How near turns are to a question, from 0 to 1: a ranking says which is the best, this whether it is any good.
final class Relevance {
    private static final double MEANING = 0.75;
    /// An answer is found by the question before it.
    private static final double NEIGHBOUR = 0.85;

    private final Block block;
    private final double[] values;

    private Relevance(Block block, double[] values) {
        this.block = block;
        this.values = values;
    }

    static Relevance of(Block block, Question question, Ranking.@Nullable Meaning meaning) {
        if (meaning == null) {
            return new Relevance(block, shared(block, Terms.of(question.topic())));
        }
        return of(block, question, block.cosines(meaning.question()), block.cosines(meaning.topic()));
    }

    /// The same where the cosines are known; zeros: there is no meaning.
    static Relevance of(Block block, Question question, double[] whole, double[] cosines) {
        double[] shared = shared(block, Terms.of(question.topic()));
        double[] values = new double[block.size()];
        for (int i = 0; i < values.length; i++) {
            double close = Math.max(0, Math.max(cosines[i], whole[i]));
            values[i] = close == 0 ? shared[i] : MEANING * close + (1 - MEANING) * shared[i];
        }
        return new Relevance(block, values);
    }

    /// Which share of the terms stands in each turn, the rare ones counting more.
    static double[] shared(Block block, int[] terms) {
        double[] shared = new double[block.size()];
        double most = 0;
        for (int term : Arrays.stream(terms).distinct().toArray()) {
            Postings.Places places = block.places(term);
            double rarity = Math.log(1 + (block.size() + 1.0) / (places.size + 0.5));
            most += rarity;
            for (int i = 0; i < places.size; i++) {
                shared[places.turns[i]] += rarity;
            }
        }
        for (int i = 0; most > 0 && i < shared.length; i++) {
            shared[i] /= most;
        }
        return shared;
    }

    double at(int turn) {
        return values[turn];
    }

    double withNeighbour(int turn) {
        int before = block.previous(turn);
        return before < 0 ? values[turn] : Math.max(values[turn], NEIGHBOUR * values[before]);
    }

    /// Nearest first.
    List<Integer> best(int most) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer at) -> values[at]).reversed())
                .limit(most)
                .toList();
    }
}
