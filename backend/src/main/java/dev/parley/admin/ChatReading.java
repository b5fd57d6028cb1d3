package dev.parley.admin;

import dev.parley.auth.ChatAccess;
import dev.parley.chats.Chat;
import dev.parley.chats.OthersChats;
import dev.parley.chats.Stretch;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.Directory;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/// Reads people's chats for operators, where who runs the server lets them. What is read stands in the audit log before
/// it is looked up: of no reading is there no line.
@Service
class ChatReading {
    static final String LISTED = "chats.listed";
    static final String READ = "chat.read";
    static final String CHAT = "chat_id";

    private final ChatAccess access;
    private final OthersChats chats;
    private final Directory directory;
    private final ApplicationEventPublisher events;

    ChatReading(ChatAccess access, OthersChats chats, Directory directory, ApplicationEventPublisher events) {
        this.access = access;
        this.chats = chats;
        this.directory = directory;
        this.events = events;
    }

    /// A chat that was read, and whose it is.
    record Read(UserId owner, Chat chat) {}

    /// @throws ParleyException FORBIDDEN, NOT_FOUND
    Page<Chat> list(UserId reader, UserId owner, boolean archived, PageRequest request) {
        requireAccess();
        UserId known = directory.get(owner).id();
        events.publishEvent(AuditEvent.of(reader, LISTED, known.value()));
        return chats.list(known, archived, request);
    }

    /// @throws ParleyException FORBIDDEN, NOT_FOUND
    Read chat(UserId reader, UUID chat) {
        UserId owner = accountedFor(reader, chat);
        return new Read(owner, chats.get(owner, chat));
    }

    /// @throws ParleyException FORBIDDEN, NOT_FOUND
    Stretch messages(UserId reader, UUID chat, boolean all, PageRequest request) {
        return chats.messages(accountedFor(reader, chat), chat, all, request);
    }

    private UserId accountedFor(UserId reader, UUID chat) {
        requireAccess();
        UserId owner = chats.ownerOf(chat);
        events.publishEvent(new AuditEvent(reader, READ, owner.value(), Map.of(CHAT, chat.toString())));
        return owner;
    }

    private void requireAccess() {
        if (!access.isOn()) {
            throw new ParleyException(
                    CommonError.FORBIDDEN, "Operators read no chats here: PARLEY_ADMIN_CHAT_ACCESS is off.");
        }
    }
}
