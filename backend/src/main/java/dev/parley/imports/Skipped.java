package dev.parley.imports;

import dev.parley.shared.Word;

/// What of a file is not taken over.
enum Skipped implements Word {
    /// The chat is there, from this file or an earlier one.
    ALREADY_IMPORTED,
    /// Nobody says anything in it.
    EMPTY,
    /// It was to be gone after a day.
    TEMPORARY,
    /// More than can be a chat.
    TOO_LARGE,
    /// A message that is longer than one can be; those below it are kept.
    MESSAGE_TOO_LONG,
    /// An image or another file that belongs to a message.
    ATTACHMENT,
    /// A file of an archive that is no JSON, or breaks off.
    UNREADABLE,
    /// The database does not take it.
    NOT_STORABLE
}
