package dev.parley.faults;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;

/// What can happen to two nodes, and how it is over.
@NullMarked
enum Fault {
    KILLED {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.node(node).kill();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.restart(node);
        }
    },
    /// It stands still with all that it holds, and does not know that it did.
    PAUSED {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.node(node).pause();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.node(node).resume();
        }
    },
    TOLD_TO_STOP {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.node(node).terminate();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.node(node).awaitExit();
            cluster.restart(node);
        }
    },
    /// One node's line to the database; the other takes over.
    CUT_OFF {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.line(node).cut();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.line(node).mend();
        }
    },
    /// The same, and nobody is told.
    UNHEARD {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.line(node).silence();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.line(node).mend();
        }
    },
    SLOWED {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.line(node).slow(Duration.ofMillis(40));
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.line(node).mend();
        }
    },
    WITHOUT_DATABASE {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.line(node).cut();
            cluster.line(1 - node).cut();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.line(node).mend();
            cluster.line(1 - node).mend();
        }
    },
    WITHOUT_REDIS {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.redis().kill();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.redis().restart();
        }
    },
    REDIS_HANGS {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.redis().pause();
        }

        @Override
        void end(TwoNodes cluster, int node) {
            cluster.redis().resume();
        }
    },
    REDIS_EMPTIED {
        @Override
        void begin(TwoNodes cluster, int node) {
            cluster.redis().flush();
        }

        @Override
        void end(TwoNodes cluster, int node) {}
    };

    abstract void begin(TwoNodes cluster, int node);

    /// What was done is undone; a node may take its time to be well again.
    abstract void end(TwoNodes cluster, int node);

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
