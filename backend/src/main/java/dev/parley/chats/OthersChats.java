package dev.parley.chats;

import dev.parley.shared.Acting;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// Chats for somebody else than their owner, to read and no more: those that stand in the owner's lists, as the owner
/// sees them. Temporary and deleted ones are as good as none. Everything but [#ownerOf] is read in the owner's name, so
/// that the database shows nothing of anybody else. Who may read is the caller's to decide, and to account for.
@Service
public class OthersChats {
    private final ChatRepository rows;
    private final Chats chats;
    private final History history;

    OthersChats(ChatRepository rows, Chats chats, History history) {
        this.rows = rows;
        this.chats = chats;
        this.history = history;
    }

    /// @throws ParleyException NOT_FOUND
    public UserId ownerOf(UUID chat) {
        return rows.ownerOfLasting(chat).orElseThrow(Chats::unknown);
    }

    /// The newest activity first and pinned before all.
    public Page<Chat> list(UserId owner, boolean archived, PageRequest request) {
        try (var _ = Acting.as(owner)) {
            return chats.list(owner, archived, request);
        }
    }

    /// @throws ParleyException NOT_FOUND
    public Chat get(UserId owner, UUID chat) {
        try (var _ = Acting.as(owner)) {
            return chats.get(owner, chat);
        }
    }

    /// The branch that is shown, or all of them.
    ///
    /// @throws ParleyException NOT_FOUND
    public Stretch messages(UserId owner, UUID chat, boolean all, PageRequest request) {
        try (var _ = Acting.as(owner)) {
            return all ? history.tree(owner, chat, request) : history.branch(owner, chat, request);
        }
    }
}
