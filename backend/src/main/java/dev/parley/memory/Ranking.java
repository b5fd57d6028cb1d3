package dev.parley.memory;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Orders a person's turns by how likely they answer a question: a weighted sum of signals, each measured in standard
/// deviations within the block unless it is a yes or no. The weights were fitted once, on conversations that no test
/// uses (docs/decisions/memory.md).
final class Ranking {
    private static final double SATURATION = 0.9;
    private static final double LENGTH = 0.4;
    /// What happened is often told some days later.
    private static final int TOLD_LATER_DAYS = 14;

    private static final double TURN = 0.4;
    private static final double WINDOW = 0.3;
    private static final double PREVIOUS = 0.4;
    private static final double NEXT = 0.2;
    private static final double SESSION = 0.4;
    private static final double WHO = 3.2;
    private static final double DAY = 2.8;
    private static final double ASKS = -1.3;
    private static final double WHEN = 1.6;
    private static final double MEANING = 0.2;
    private static final double TOPIC = 1.0;
    private static final double NEXT_TOPIC = 0.4;

    private final Block block;
    private final Question question;

    private Ranking(Block block, Question question) {
        this.block = block;
        this.question = question;
    }

    /// A question's directions.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Meaning(byte[] question, byte[] topic) {}

    /// @param scores by turn; higher is better, and comparable within this ranking alone
    /// @param whole the cosine with the question, by turn; zeros where there is no meaning
    /// @param topic the same with its topic
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ranked(double[] scores, double[] whole, double[] topic) {
        /// The turns, best first.
        int[] best(int most) {
            double least = least(most);
            return IntStream.range(0, scores.length)
                    .filter(i -> scores[i] >= least)
                    .boxed()
                    .sorted((one, other) -> Double.compare(scores[other], scores[one]))
                    .limit(most)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        /// The score of the last one that is wanted.
        private double least(int most) {
            double[] ascending = scores.clone();
            Arrays.sort(ascending);
            return ascending.length == 0 ? 0 : ascending[Math.max(0, ascending.length - most)];
        }
    }

    /// @param meaning null when there is no model at hand: then the words decide alone
    static Ranked of(Block block, Question question, @Nullable Meaning meaning) {
        return new Ranking(block, question).rank(meaning);
    }

    private Ranked rank(@Nullable Meaning meaning) {
        int size = block.size();
        double[] sum = new double[size];
        Lexical words = new Lexical();
        add(sum, TURN, standardised(words.turn));
        add(sum, WINDOW, standardised(words.window));
        add(sum, PREVIOUS, standardised(at(i -> neighbour(words.turn, block.previous(i)))));
        add(sum, NEXT, standardised(at(i -> neighbour(words.turn, block.next(i)))));
        add(sum, SESSION, standardised(at(i -> words.session[block.session(i)])));
        for (int i = 0; i < size; i++) {
            sum[i] += flags(i);
        }
        if (meaning == null) {
            return new Ranked(sum, new double[size], new double[size]);
        }
        double[] topic = block.cosines(meaning.topic());
        double[] whole = block.cosines(meaning.question());
        add(sum, MEANING, standardised(whole));
        add(sum, TOPIC, standardised(topic));
        add(sum, NEXT_TOPIC, standardised(at(i -> neighbour(topic, block.next(i)))));
        return new Ranked(sum, whole, topic);
    }

    private double flags(int turn) {
        double sum = 0;
        if ((question.who() >> block.speaker(turn) & 1) != 0) {
            sum += WHO;
        }
        if (question.days().stream().anyMatch(range -> isIn(range, block.day(turn)))) {
            sum += DAY;
        }
        if (block.asks(turn)) {
            sum += ASKS;
        }
        return question.asksWhen() && block.timed(turn) ? sum + WHEN : sum;
    }

    private static boolean isIn(Dates.Range range, int day) {
        return day >= range.from().toEpochDay() && day <= range.to().toEpochDay() + TOLD_LATER_DAYS;
    }

    /// BM25 of the question's terms in turns, in turns with two neighbours on each side, and in sessions.
    private final class Lexical {
        final double[] turn = new double[block.size()];
        final double[] window = new double[block.size()];
        final double[] session = new double[block.sessionCount()];

        Lexical() {
            double[] turnLengths = at(block::length);
            double[] windowLengths = at(i -> {
                int before = block.previous(i);
                int after = block.next(i);
                return block.length(i)
                        + neighbour(turnLengths, before)
                        + neighbour(turnLengths, block.previous(before))
                        + neighbour(turnLengths, after)
                        + neighbour(turnLengths, block.next(after));
            });
            double[] sessionLengths = new double[block.sessionCount()];
            for (int i = 0; i < block.size(); i++) {
                sessionLengths[block.session(i)] += turnLengths[i];
            }
            Bm25 turns = new Bm25(turn, turnLengths);
            Bm25 windows = new Bm25(window, windowLengths);
            Bm25 inSessions = new Bm25(session, sessionLengths);
            for (int term : question.terms()) {
                Postings.Places places = block.places(term);
                for (int p = 0; p < places.size; p++) {
                    int at = places.turns[p];
                    int count = places.counts[p];
                    int before = block.previous(at);
                    int after = block.next(at);
                    turns.count(at, count);
                    windows.count(at, count);
                    windows.count(before, count);
                    windows.count(block.previous(before), count);
                    windows.count(after, count);
                    windows.count(block.next(after), count);
                    inSessions.count(block.session(at), count);
                }
                turns.endTerm();
                windows.endTerm();
                inSessions.endTerm();
            }
        }
    }

    /// Okapi BM25, term by term, over one kind of text.
    private static final class Bm25 {
        private final double[] scores;
        private final double[] lengths;
        private final double average;
        private final int[] counts;
        private final int[] touched;
        private int touchedCount;

        Bm25(double[] scores, double[] lengths) {
            this.scores = scores;
            this.lengths = lengths;
            this.average = Math.max(1, Arrays.stream(lengths).average().orElse(1));
            this.counts = new int[scores.length];
            this.touched = new int[scores.length];
        }

        void count(int at, int count) {
            if (at < 0) {
                return;
            }
            if (counts[at] == 0) {
                touched[touchedCount++] = at;
            }
            counts[at] += count;
        }

        void endTerm() {
            double rarity = Math.log(1 + (scores.length - touchedCount + 0.5) / (touchedCount + 0.5));
            for (int i = 0; i < touchedCount; i++) {
                int at = touched[i];
                double norm = SATURATION * (1 - LENGTH + LENGTH * lengths[at] / average);
                scores[at] += rarity * counts[at] * (SATURATION + 1) / (counts[at] + norm);
                counts[at] = 0;
            }
            touchedCount = 0;
        }
    }

    private double[] at(IntToDoubleFunction value) {
        return IntStream.range(0, block.size()).mapToDouble(value).toArray();
    }

    private static double neighbour(double[] values, int at) {
        return at < 0 ? 0 : values[at];
    }

    private static void add(double[] sum, double weight, double[] signal) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * signal[i];
        }
    }

    private static double[] standardised(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        double deviation = Math.sqrt(variance);
        return deviation < 1e-9
                ? new double[values.length]
                : Arrays.stream(values).map(value -> (value - mean) / deviation).toArray();
    }
}
