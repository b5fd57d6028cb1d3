package dev.parley.shared;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows in the order of their ids, some at a time: however many there are, no more of them are held.
public final class Batches {
    private Batches() {}

    /// Reads what comes behind a row, null for the first.
    public interface Source<T> {
        List<T> after(@Nullable UUID last, int most);
    }

    /// @param use is given each batch that has rows; it is over when one has less than `most`
    public static <T> void read(int most, Source<T> source, Function<T, UUID> id, Consumer<List<T>> use) {
        @Nullable UUID last = null;
        List<T> some;
        do {
            some = source.after(last, most);
            if (!some.isEmpty()) {
                use.accept(some);
                last = id.apply(some.getLast());
            }
        } while (some.size() == most);
    }
}
