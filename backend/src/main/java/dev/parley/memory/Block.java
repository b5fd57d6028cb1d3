package dev.parley.memory;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All turns of one person, to be scanned: what is asked of them needs their neighbours and their sessions too, and
/// 10,000 of them are scanned in milliseconds. Grows at its end. Not for several threads at once.
final class Block {
    /// Who comes back to a chat after so long begins another session.
    private static final Duration PAUSE = Duration.ofHours(6);

    private static final int NONE = -1;
    private static final int FIRST = 64;

    private final String model;
    private int size;
    private UUID[] ids = new UUID[FIRST];
    private UUID[] chats = new UUID[FIRST];
    private long[] said = new long[FIRST];
    private int[] days = new int[FIRST];
    private int[] lengths = new int[FIRST];
    private int[] sessions = new int[FIRST];
    private int[] previous = new int[FIRST];
    private int[] next = new int[FIRST];
    private byte[] speakers = new byte[FIRST];
    private boolean[] asks = new boolean[FIRST];
    private boolean[] timed = new boolean[FIRST];
    private float[] norms = new float[FIRST];
    private byte[] vectors = new byte[0];
    private int dimensions;
    private int sessionCount;
    private final Map<Integer, Postings> postings = new HashMap<>();
    private final Map<UUID, Integer> lastOfChat = new HashMap<>();
    private final Map<UUID, Integer> places = new HashMap<>();

    /// @param model whose vectors it holds
    Block(String model) {
        this.model = model;
    }

    /// Where a term stands, and how often.
    static final class Postings {
        int[] turns = new int[2];
        short[] counts = new short[2];
        int size;

        private void add(int turn) {
            if (size > 0 && turns[size - 1] == turn) {
                counts[size - 1] = (short) Math.min(Short.MAX_VALUE, counts[size - 1] + 1);
                return;
            }
            if (size == turns.length) {
                turns = Arrays.copyOf(turns, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            turns[size] = turn;
            counts[size++] = 1;
        }
    }

    private static final Postings NOWHERE = new Postings();

    /// Adds what is said after all that is there. Of a turn that is there already it takes the direction.
    void add(Turn turn) {
        Integer known = places.putIfAbsent(turn.id(), size);
        if (known != null) {
            addVector(known, turn.vector());
            return;
        }
        int at = size++;
        reserve(at);
        ids[at] = turn.id();
        chats[at] = turn.chat();
        said[at] = turn.said().toEpochMilli();
        days[at] = (int) Turn.day(turn.said()).toEpochDay();
        lengths[at] = turn.terms().length;
        speakers[at] = (byte) turn.speaker();
        asks[at] = turn.asks();
        timed[at] = turn.timed();
        Integer before = lastOfChat.put(turn.chat(), at);
        boolean goesOn = before != null && said[at] - said[before] < PAUSE.toMillis();
        sessions[at] = goesOn ? sessions[before] : sessionCount++;
        previous[at] = goesOn ? before : NONE;
        next[at] = NONE;
        if (goesOn) {
            next[before] = at;
        }
        for (int term : turn.terms()) {
            postings.computeIfAbsent(term, _ -> new Postings()).add(at);
        }
        addVector(at, turn.vector());
    }

    String model() {
        return model;
    }

    int size() {
        return size;
    }

    int sessionCount() {
        return sessionCount;
    }

    Postings postings(int term) {
        return postings.getOrDefault(term, NOWHERE);
    }

    UUID id(int turn) {
        return ids[turn];
    }

    UUID chat(int turn) {
        return chats[turn];
    }

    long said(int turn) {
        return said[turn];
    }

    int day(int turn) {
        return days[turn];
    }

    int length(int turn) {
        return lengths[turn];
    }

    int session(int turn) {
        return sessions[turn];
    }

    /// The turn before it in its session; negative: none.
    int previous(int turn) {
        return turn < 0 ? NONE : previous[turn];
    }

    /// The turn after it in its session; negative: none.
    int next(int turn) {
        return turn < 0 ? NONE : next[turn];
    }

    int speaker(int turn) {
        return speakers[turn];
    }

    boolean asks(int turn) {
        return asks[turn];
    }

    boolean timed(int turn) {
        return timed[turn];
    }

    /// Of all turns the cosine with a direction; 0 for those that have none.
    double[] cosines(byte[] direction) {
        double[] cosines = new double[size];
        float norm = Vector.norm(direction);
        if (direction.length != dimensions || norm == 0) {
            return cosines;
        }
        for (int i = 0; i < size; i++) {
            if (norms[i] > 0) {
                cosines[i] = Vector.dot(direction, vectors, i * dimensions) / (norm * norms[i]);
            }
        }
        return cosines;
    }

    /// Those whose cosine with a direction is at least so much.
    List<UUID> closeTo(byte[] direction, double least) {
        double[] cosines = cosines(direction);
        return IntStream.range(0, size)
                .filter(i -> cosines[i] >= least)
                .mapToObj(i -> ids[i])
                .toList();
    }

    private void addVector(int at, byte @Nullable [] vector) {
        if (vector != null && dimensions == 0) {
            dimensions = vector.length;
            vectors = new byte[norms.length * dimensions];
        }
        if (vector == null || vector.length != dimensions) {
            norms[at] = 0;
            return;
        }
        System.arraycopy(vector, 0, vectors, at * dimensions, dimensions);
        norms[at] = Vector.norm(vector);
    }

    private void reserve(int at) {
        if (at < ids.length) {
            return;
        }
        int more = ids.length * 2;
        ids = Arrays.copyOf(ids, more);
        chats = Arrays.copyOf(chats, more);
        said = Arrays.copyOf(said, more);
        days = Arrays.copyOf(days, more);
        lengths = Arrays.copyOf(lengths, more);
        sessions = Arrays.copyOf(sessions, more);
        previous = Arrays.copyOf(previous, more);
        next = Arrays.copyOf(next, more);
        speakers = Arrays.copyOf(speakers, more);
        asks = Arrays.copyOf(asks, more);
        timed = Arrays.copyOf(timed, more);
        norms = Arrays.copyOf(norms, more);
        vectors = Arrays.copyOf(vectors, more * dimensions);
    }
}
