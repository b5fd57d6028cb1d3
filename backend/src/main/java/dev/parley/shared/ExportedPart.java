package dev.parley.shared;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// What one module holds about a user, for the file that they can take away. Each module with such data has a bean of
/// this type.
public interface ExportedPart {
    /// As many rows as are held at once, and as a page may have.
    int LARGEST_BATCH = 100;

    /// The part's name in the file, in `snake_case`.
    String name();

    /// Writes exactly one JSON value. Large parts are written row by row and never gathered.
    void write(UserId user, JsonGenerator json);

    /// All rows as an array.
    ///
    /// @param one writes a row
    static <T> void rows(JsonGenerator json, Batches.Source<T> source, Function<T, UUID> id, Consumer<T> one) {
        json.writeStartArray();
        Batches.read(LARGEST_BATCH, source, id, some -> some.forEach(one));
        json.writeEndArray();
    }

    /// The pages of a list as one array.
    static <T> void pages(JsonGenerator json, Function<PageRequest, Page<T>> list) {
        json.writeStartArray();
        @Nullable String cursor = null;
        do {
            Page<T> page = list.apply(new PageRequest(LARGEST_BATCH, cursor));
            page.items().forEach(json::writePOJO);
            cursor = page.nextCursor();
        } while (cursor != null);
        json.writeEndArray();
    }
}
