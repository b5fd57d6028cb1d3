package dev.parley.shared;

import java.util.List;

/// Something that `doctor` tries. Made by its constructor from settings alone, since what it tries may be broken.
public interface Checkup {
    /// Tries it, in half a minute at most.
    List<Finding> look();

    enum Verdict {
        OK,
        OFF,
        DOUBTFUL,
        BROKEN
    }

    /// @param about what was tried, in a word
    /// @param sentence what was found, and what to do about it; no secrets
    record Finding(String about, Verdict verdict, String sentence) {
        public static Finding ok(String about, String sentence) {
            return new Finding(about, Verdict.OK, sentence);
        }

        /// What is not set, and need not be.
        public static Finding off(String about, String sentence) {
            return new Finding(about, Verdict.OFF, sentence);
        }

        /// What works, and may not do what was meant.
        public static Finding doubtful(String about, String sentence) {
            return new Finding(about, Verdict.DOUBTFUL, sentence);
        }

        public static Finding broken(String about, String sentence) {
            return new Finding(about, Verdict.BROKEN, sentence);
        }
    }
}
