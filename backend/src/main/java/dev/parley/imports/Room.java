package dev.parley.imports;

import dev.parley.chats.Message;
import dev.parley.imports.SourceChat.Node;
import org.jspecify.annotations.Nullable;

/// How much may still be held of a chat, in characters. Whatever is held counts, and not only what is said in it: names
/// and empty values are memory too.
final class Room {
    static final int OF_A_CHAT = 16 << 20;

    /// What a message costs besides its characters.
    private static final int MESSAGE = 300;

    private long left = OF_A_CHAT;
    private boolean over;

    /// Once there was no room there is none.
    boolean isOver() {
        return over;
    }

    long left() {
        return left;
    }

    void take(long characters) {
        left -= characters;
        over |= left < 0;
    }

    void giveBack(long characters) {
        left += characters;
    }

    void take(Node node) {
        take(MESSAGE
                + (long) node.id().length()
                + length(node.parentId())
                + node.text().length()
                + length(node.metadata()));
    }

    private static long length(Message.Metadata known) {
        Message.Failure error = known.error();
        Message.Fallback fallback = known.fallback();
        return (long) length(known.reasoning())
                + (error == null ? 0 : error.message().length())
                + (fallback == null ? 0 : fallback.reason().length());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
