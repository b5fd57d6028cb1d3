package dev.parley.auth;

import dev.parley.auth.Standing.Lane;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A line for each lane. Who is known waits for no stranger; of four turns one begins with strangers all the same, so
/// that they wait for an end. Within a line the shares have their turns in a circle. Where a line is full, the share of
/// which most wait gives way.
///
/// Made for one thread at a time.
///
/// @param <W> who waits
final class WaitingLines<W> {
    private static final List<Lane> FIRST = List.of(Lane.DEVICE, Lane.NETWORK, Lane.DEVICE, Lane.STRANGER);

    private final int longest;
    private final Map<Lane, Line<W>> lines = new EnumMap<>(Lane.class);
    private int turns;

    /// @param longest how many wait in one line
    WaitingLines(int longest) {
        this.longest = longest;
        for (Lane lane : Lane.values()) {
            lines.put(lane, new Line<>());
        }
    }

    /// @return who has to go: the newcomer itself, or somebody in whose place it waits; null: nobody
    @Nullable
    W join(W newcomer, Standing standing) {
        Line<W> line = line(standing.lane());
        W gone = null;
        if (line.waiting == longest) {
            gone = line.giveWay(standing.share());
            if (gone == null) {
                return newcomer;
            }
        }
        line.add(newcomer, standing.share());
        return gone;
    }

    /// @return whose turn it is, who no longer waits then; null when nobody does
    @Nullable
    W next() {
        Line<W> first = line(FIRST.get(turns % FIRST.size()));
        for (Line<W> line : first.waiting > 0 ? List.of(first) : lines.values()) {
            if (line.waiting > 0) {
                turns++;
                return line.next();
            }
        }
        return null;
    }

    void leave(W who, Standing standing) {
        line(standing.lane()).remove(who, standing.share());
    }

    private Line<W> line(Lane lane) {
        Line<W> line = lines.get(lane);
        if (line == null) {
            throw new IllegalStateException("There is no line for " + lane + ".");
        }
        return line;
    }

    private static final class Line<W> {
        /// The first one has the next turn. None is empty.
        private final SequencedMap<String, Deque<W>> shares = new LinkedHashMap<>();
        private int waiting;

        void add(W newcomer, String share) {
            shares.computeIfAbsent(share, _ -> new ArrayDeque<>()).add(newcomer);
            waiting++;
        }

        W next() {
            Map.Entry<String, Deque<W>> first = shares.pollFirstEntry();
            W next = first.getValue().remove();
            if (!first.getValue().isEmpty()) {
                shares.putLast(first.getKey(), first.getValue());
            }
            waiting--;
            return next;
        }

        /// The latest of the largest share, if that stays no smaller than the newcomer's becomes.
        @Nullable
        W giveWay(String newcomer) {
            Deque<W> own = shares.get(newcomer);
            Deque<W> largest = shares.values().stream()
                    .max(Comparator.comparingInt(Deque::size))
                    .orElseThrow();
            if (largest.size() < (own == null ? 0 : own.size()) + 2) {
                return null;
            }
            waiting--;
            return largest.removeLast();
        }

        void remove(W who, String share) {
            Deque<W> own = shares.get(share);
            if (own != null && own.remove(who)) {
                waiting--;
                if (own.isEmpty()) {
                    shares.remove(share);
                }
            }
        }
    }
}
