package dev.parley.shared;

import tools.jackson.core.JsonGenerator;

/// What one module holds about a user, for the file that they can take away. Each module with such data has a bean of
/// this type.
public interface ExportedPart {
    /// The part's name in the file, in `snake_case`.
    String name();

    /// Writes exactly one JSON value. Large parts are written row by row and never gathered.
    void write(UserId user, JsonGenerator json);
}
