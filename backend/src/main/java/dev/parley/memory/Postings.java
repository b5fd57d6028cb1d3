package dev.parley.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Where each term stands, and how often: what was packed, in few long arrays, and what came after.
final class Postings {
    /// The places of one term, ascending.
    static final class Places {
        static final Places NONE = new Places(0);

        int[] turns;
        short[] counts;
        int size;

        Places(int room) {
            turns = new int[room];
            counts = new short[room];
        }

        private void add(int turn, int count) {
            if (size > 0 && turns[size - 1] == turn) {
                counts[size - 1] = (short) Math.min(Short.MAX_VALUE, counts[size - 1] + count);
                return;
            }
            if (size == turns.length) {
                turns = Arrays.copyOf(turns, Math.max(2, size * 2));
                counts = Arrays.copyOf(counts, Math.max(2, size * 2));
            }
            turns[size] = turn;
            counts[size++] = (short) count;
        }
    }

    /// Ascending; the places of the n-th stand from starts[n] to starts[n + 1].
    private final int[] terms;
    private final int[] starts;
    private final int[] turns;
    private final short[] counts;
    private final Map<Integer, Places> newer = new HashMap<>();

    Postings() {
        this(new int[0], new int[1], new int[0], new short[0]);
    }

    private Postings(int[] terms, int[] starts, int[] turns, short[] counts) {
        this.terms = terms;
        this.starts = starts;
        this.turns = turns;
        this.counts = counts;
    }

    /// @param turn not before any that was added
    void add(int term, int turn) {
        newer.computeIfAbsent(term, _ -> new Places(2)).add(turn, 1);
    }

    Places of(int term) {
        Places added = newer.getOrDefault(term, Places.NONE);
        int at = Arrays.binarySearch(terms, term);
        if (at < 0) {
            return added;
        }
        int packed = starts[at + 1] - starts[at];
        Places all = new Places(packed + added.size);
        System.arraycopy(turns, starts[at], all.turns, 0, packed);
        System.arraycopy(counts, starts[at], all.counts, 0, packed);
        System.arraycopy(added.turns, 0, all.turns, packed, added.size);
        System.arraycopy(added.counts, 0, all.counts, packed, added.size);
        all.size = packed + added.size;
        return all;
    }

    /// All in one, ready to be written.
    Postings packed() {
        int[] all = IntStream.concat(
                        Arrays.stream(terms), newer.keySet().stream().mapToInt(Integer::intValue))
                .sorted()
                .distinct()
                .toArray();
        int added = newer.values().stream().mapToInt(places -> places.size).sum();
        int[] begins = new int[all.length + 1];
        int[] places = new int[turns.length + added];
        short[] times = new short[places.length];
        for (int i = 0; i < all.length; i++) {
            Places one = of(all[i]);
            System.arraycopy(one.turns, 0, places, begins[i], one.size);
            System.arraycopy(one.counts, 0, times, begins[i], one.size);
            begins[i + 1] = begins[i] + one.size;
        }
        return new Postings(all, begins, places, times);
    }

    /// Of what [#packed] gave.
    int bytes() {
        return Integer.BYTES * (3 + 2 * terms.length + turns.length) + Short.BYTES * counts.length;
    }

    void write(ByteBuffer into) {
        into.putInt(terms.length).putInt(turns.length);
        Packed.put(into, terms);
        Packed.put(into, starts);
        Packed.put(into, turns);
        Packed.put(into, counts);
    }

    static Postings read(ByteBuffer from) {
        int terms = from.getInt();
        int places = from.getInt();
        return new Postings(
                Packed.ints(from, terms),
                Packed.ints(from, terms + 1),
                Packed.ints(from, places),
                Packed.shorts(from, places));
    }
}
