package dev.parley.shared;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stretch of a list.
///
/// @param nextCursor where the next page begins, null on the last one
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /// Of `rows`, fetched with one more than the page holds, the page: the surplus row only tells that there is more.
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> position) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, position.apply(items.getLast()).encoded());
    }

    public <R> Page<R> map(Function<T, R> view) {
        return new Page<>(items.stream().map(view).toList(), nextCursor);
    }
}
