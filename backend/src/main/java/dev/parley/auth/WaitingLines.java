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

/// A line for each lane. Each lane has every fourth turn, and those that nobody of its lane wants go to who is trusted
/// most. Within a line the networks have their turns in a circle, and so have the shares of a network: many accounts
/// give nobody more turns than one. Where a line is full, the network of which most wait gives way, and else the
/// largest share of the newcomer's own.
///
/// Made for one thread at a time.
///
/// @param <W> who waits
final class WaitingLines<W> {
    private static final List<Lane> FIRST = List.of(Lane.OWNER, Lane.NETWORK, Lane.DEVICE, Lane.STRANGER);

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
            gone = line.giveWay(standing);
            if (gone == null) {
                return newcomer;
            }
        }
        line.add(newcomer, standing);
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
        line(standing.lane()).remove(who, standing);
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
        private final SequencedMap<String, Network<W>> networks = new LinkedHashMap<>();
        private int waiting;

        void add(W newcomer, Standing standing) {
            networks.computeIfAbsent(standing.network(), _ -> new Network<>()).add(newcomer, standing.share());
            waiting++;
        }

        W next() {
            Map.Entry<String, Network<W>> first = networks.pollFirstEntry();
            W next = first.getValue().next();
            if (first.getValue().waiting > 0) {
                networks.putLast(first.getKey(), first.getValue());
            }
            waiting--;
            return next;
        }

        /// The latest of the largest network, if that stays no smaller than the newcomer's becomes; else of that one
        /// itself.
        @Nullable
        W giveWay(Standing newcomer) {
            Network<W> own = networks.get(newcomer.network());
            Network<W> largest = networks.values().stream()
                    .max(Comparator.comparingInt(network -> network.waiting))
                    .orElseThrow();
            W gone = null;
            if (largest.waiting > (own == null ? 0 : own.waiting) + 1) {
                gone = largest.shrink();
            } else if (own != null) {
                gone = own.giveWay(newcomer.share());
            }
            if (gone != null) {
                waiting--;
            }
            return gone;
        }

        void remove(W who, Standing standing) {
            Network<W> own = networks.get(standing.network());
            if (own != null && own.remove(who, standing.share())) {
                waiting--;
                if (own.waiting == 0) {
                    networks.remove(standing.network());
                }
            }
        }
    }

    private static final class Network<W> {
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
            int becomes = (own == null ? 0 : own.size()) + 1;
            return largest().getValue().size() > becomes ? shrink() : null;
        }

        /// The latest of the largest share.
        W shrink() {
            Map.Entry<String, Deque<W>> largest = largest();
            W latest = largest.getValue().removeLast();
            if (largest.getValue().isEmpty()) {
                shares.remove(largest.getKey());
            }
            waiting--;
            return latest;
        }

        private Map.Entry<String, Deque<W>> largest() {
            return shares.entrySet().stream()
                    .max(Comparator.comparingInt(share -> share.getValue().size()))
                    .orElseThrow();
        }

        boolean remove(W who, String share) {
            Deque<W> own = shares.get(share);
            if (own == null || !own.remove(who)) {
                return false;
            }
            waiting--;
            if (own.isEmpty()) {
                shares.remove(share);
            }
            return true;
        }
    }
}
