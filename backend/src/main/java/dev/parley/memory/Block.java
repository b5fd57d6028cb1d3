package dev.parley.memory;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    private static final int ASKS = 1;
    private static final int TIMED = 2;
    /// About the bytes of a turn beside its direction.
    private static final int WITHOUT_DIRECTION = 120;

    private final String model;
    private final Postings postings;
    /// So many were read at once: they stand in the order of their ids.
    private final int packed;
    private int size;
    private long seq;
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
    private final Map<UUID, Integer> lastOfChat = new HashMap<>();
    /// Of what came after.
    private final Map<UUID, Integer> places = new HashMap<>();

    /// @param model whose vectors it holds
    Block(String model) {
        this.model = model;
        this.postings = new Postings();
        this.packed = 0;
    }

    private Block(String model, long seq, ByteBuffer from) {
        this.model = model;
        this.seq = seq;
        packed = from.getInt();
        dimensions = from.getInt();
        ids = Packed.ids(from, packed);
        UUID[] named = Packed.ids(from, from.getInt());
        int[] chatOf = Packed.ints(from, packed);
        said = Packed.longs(from, packed);
        lengths = Packed.ints(from, packed);
        speakers = Packed.bytes(from, packed);
        byte[] flags = Packed.bytes(from, packed);
        norms = Packed.floats(from, packed);
        vectors = Packed.bytes(from, packed * dimensions);
        postings = Postings.read(from);
        chats = new UUID[packed];
        days = new int[packed];
        sessions = new int[packed];
        previous = new int[packed];
        next = new int[packed];
        asks = new boolean[packed];
        timed = new boolean[packed];
        while (size < packed) {
            int at = size++;
            chats[at] = named[chatOf[at]];
            asks[at] = (flags[at] & ASKS) != 0;
            timed[at] = (flags[at] & TIMED) != 0;
            link(at);
        }
    }

    /// As it was packed.
    static Block unpacked(String model, long seq, byte[] data) {
        return new Block(model, seq, ByteBuffer.wrap(data));
    }

    /// @throws IllegalStateException unless it is in the order of ids
    byte[] packed() {
        Map<UUID, Integer> numbers = new LinkedHashMap<>();
        int[] chatOf = new int[size];
        byte[] flags = new byte[size];
        for (int i = 0; i < size; i++) {
            if (i > 0 && ids[i].compareTo(ids[i - 1]) <= 0) {
                throw new IllegalStateException("A block is packed in the order of its ids.");
            }
            chatOf[i] = numbers.computeIfAbsent(chats[i], _ -> numbers.size());
            flags[i] = (byte) ((asks[i] ? ASKS : 0) | (timed[i] ? TIMED : 0));
        }
        Postings all = postings.packed();
        int fixed = 2 * Long.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES + 2 + Float.BYTES + dimensions;
        ByteBuffer into =
                ByteBuffer.allocate(3 * Integer.BYTES + size * fixed + numbers.size() * 2 * Long.BYTES + all.bytes());
        into.putInt(size).putInt(dimensions);
        Packed.put(into, Arrays.copyOf(ids, size));
        into.putInt(numbers.size());
        Packed.put(into, numbers.keySet().toArray(UUID[]::new));
        Packed.put(into, chatOf);
        Packed.put(into, Arrays.copyOf(said, size));
        Packed.put(into, Arrays.copyOf(lengths, size));
        into.put(speakers, 0, size).put(flags);
        Packed.put(into, Arrays.copyOf(norms, size));
        into.put(vectors, 0, size * dimensions);
        all.write(into);
        return into.array();
    }

    /// Adds what is said after all that is there. Of a turn that is there already it takes the direction.
    void add(Turn turn) {
        int known = place(turn.id());
        if (known >= 0) {
            addVector(known, turn.vector());
            return;
        }
        int at = size++;
        reserve(at);
        places.put(turn.id(), at);
        ids[at] = turn.id();
        chats[at] = turn.chat();
        said[at] = turn.said().toEpochMilli();
        lengths[at] = turn.terms().length;
        speakers[at] = (byte) turn.speaker();
        asks[at] = turn.asks();
        timed[at] = turn.timed();
        link(at);
        for (int term : turn.terms()) {
            postings.add(term, at);
        }
        addVector(at, turn.vector());
    }

    /// Finds its neighbours and its session.
    private void link(int at) {
        days[at] = (int) Math.floorDiv(said[at], Duration.ofDays(1).toMillis());
        Integer before = lastOfChat.put(chats[at], at);
        boolean goesOn = before != null && said[at] - said[before] < PAUSE.toMillis();
        sessions[at] = goesOn ? sessions[before] : sessionCount++;
        previous[at] = goesOn ? before : NONE;
        next[at] = NONE;
        if (goesOn) {
            next[before] = at;
        }
    }

    /// Negative: it is not here.
    private int place(UUID id) {
        int at = Arrays.binarySearch(ids, 0, packed, id);
        return at >= 0 ? at : places.getOrDefault(id, NONE);
    }

    String model() {
        return model;
    }

    /// Up to which change of the index it holds everything.
    long seq() {
        return seq;
    }

    void upTo(long change) {
        seq = change;
    }

    int size() {
        return size;
    }

    /// About how many bytes it takes.
    int weight() {
        return (int) Math.min(Integer.MAX_VALUE / 4, (long) size * (dimensions + WITHOUT_DIRECTION));
    }

    int sessionCount() {
        return sessionCount;
    }

    Postings.Places places(int term) {
        return postings.of(term);
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

    /// Those that have all of these terms; none where there are no terms.
    List<UUID> holding(int[] terms) {
        int[] distinct = Arrays.stream(terms).distinct().toArray();
        int[] held = new int[size];
        for (int term : distinct) {
            Postings.Places places = places(term);
            for (int i = 0; i < places.size; i++) {
                held[places.turns[i]]++;
            }
        }
        return IntStream.range(0, size)
                .filter(at -> distinct.length > 0 && held[at] == distinct.length)
                .mapToObj(at -> ids[at])
                .toList();
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
        int more = Math.max(FIRST, ids.length * 2);
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
