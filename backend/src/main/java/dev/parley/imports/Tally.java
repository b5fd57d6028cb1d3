package dev.parley.imports;

import java.util.EnumMap;
import java.util.Map;

/// How far an import is.
///
/// @param done how many chats of the file were looked at
/// @param imported how many of them are new
record Tally(int done, int imported, Map<Skipped, Integer> skipped) {
    static final Tally NOTHING = new Tally(0, 0, Map.of());

    Tally {
        skipped = Map.copyOf(skipped);
    }

    Tally plus(boolean imported, Map<Skipped, Integer> reasons) {
        Map<Skipped, Integer> more = new EnumMap<>(Skipped.class);
        more.putAll(skipped);
        reasons.forEach((reason, count) -> more.merge(reason, count, Integer::sum));
        return new Tally(done + 1, this.imported + (imported ? 1 : 0), more);
    }

    Tally plus(boolean imported, Skipped reason) {
        return plus(imported, Map.of(reason, 1));
    }

    Tally plus(Skipped reason) {
        Map<Skipped, Integer> more = new EnumMap<>(Skipped.class);
        more.putAll(skipped);
        more.merge(reason, 1, Integer::sum);
        return new Tally(done, imported, more);
    }
}
