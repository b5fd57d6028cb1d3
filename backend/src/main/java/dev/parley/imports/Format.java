package dev.parley.imports;

import dev.parley.shared.Word;

/// Whose file it is, as its content says.
enum Format implements Word {
    CHATGPT,
    OPEN_WEBUI,
    LIBRECHAT,
    PARLEY
}
