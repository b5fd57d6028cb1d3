package dev.parley.shared;

import java.io.IOException;

/// What one module holds about a user that people read, for the texts that they can take away. What else there is
/// stands in the file for programs, an [ExportedPart] each.
public interface ExportedText {
    void write(UserId user, TextArchive archive) throws IOException;
}
