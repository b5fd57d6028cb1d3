package dev.parley.chats;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.Ids;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// A person's chats: finding, naming, keeping and deleting them.
@Service
public class Chats {
    /// How long a deleted chat can be brought back.
    static final Duration RESTORABLE = Duration.ofMinutes(10);
    /// How long a temporary chat lives.
    static final Duration TEMPORARY = Duration.ofHours(24);

    private final ChatRepository chats;
    private final MessageRepository messages;
    private final BranchRepository branches;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Chats(
            ChatRepository chats,
            MessageRepository messages,
            BranchRepository branches,
            ApplicationEventPublisher events,
            Clock clock) {
        this.chats = chats;
        this.messages = messages;
        this.branches = branches;
        this.events = events;
        this.clock = clock;
    }

    Page<Chat> list(UserId owner, boolean archived, PageRequest request) {
        Cursor after = Cursor.parse(request.cursor(), 3);
        List<Chat> rows = chats.page(owner, archived, after, request.limit() + 1);
        return Page.of(rows, request.limit(), chat -> Cursor.of(chat.isPinned(), chat.activeAt(), chat.id()));
    }

    Page<ChatRepository.Found> search(UserId owner, boolean archived, SearchQuery query, PageRequest request) {
        Cursor after = Cursor.parse(request.cursor(), 2);
        if (query.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        List<ChatRepository.Found> rows =
                chats.search(owner, archived, query.tsquery(owner), after, request.limit() + 1);
        return Page.of(
                rows, request.limit(), row -> Cursor.of(row.rank(), row.chat().id()));
    }

    public Chat get(UserId owner, UUID id) {
        return chats.find(owner, id).orElseThrow(Chats::unknown);
    }

    /// A chat and whose it is.
    public record Owned(UserId owner, UUID chatId) {}

    /// How a chat stands now.
    ///
    /// @param isDeleted whether it is out of its owner's sight, and can perhaps be restored
    public record Standing(UserId owner, Chat chat, boolean isDeleted) {}

    /// How each of these chats stands; those that are gone for good are left out.
    public List<Standing> standings(Collection<Owned> asked) {
        return chats.standings(asked);
    }

    /// A chat that was asked for: new, or the one that the same request made before.
    record Created(Chat chat, boolean isNew) {}

    @Transactional
    public Created create(
            UserId owner, @Nullable UUID clientId, @Nullable String title, ChatSettings settings, boolean temporary) {
        Optional<Chat> made = chats.insert(Ids.next(), owner, clientId, title, settings, temporary, clock.instant());
        if (made.isPresent()) {
            if (title != null) {
                chats.indexTitle(owner, made.get().id(), title);
            }
            events.publishEvent(new ChatChanged(owner, made.get().id(), true));
            return new Created(made.get(), true);
        }
        Chat before = Optional.ofNullable(clientId)
                .flatMap(id -> chats.findByClientId(owner, id))
                .orElseThrow(() -> new ParleyException(
                        CommonError.CONFLICT, "A chat with this client_id was made before and is deleted."));
        return new Created(before, false);
    }

    @Transactional
    public Chat update(UserId owner, UUID id, ChatChange change) {
        Chat chat = chats.update(owner, id, change, clock.instant()).orElseThrow(Chats::unknown);
        if (change.retitle()) {
            chats.indexTitle(owner, id, change.title());
        }
        events.publishEvent(new ChatChanged(owner, id, false));
        return chat;
    }

    /// Gives a title to a chat that has none; a person's own title is never replaced.
    @Transactional
    public void nameIfUnnamed(UserId owner, UUID id, String title) {
        chats.nameIfUnnamed(owner, id, title, clock.instant()).ifPresent(chat -> {
            chats.indexTitle(owner, id, chat.title());
            events.publishEvent(new ChatChanged(owner, id, false));
        });
    }

    @Transactional
    public void delete(UserId owner, UUID id) {
        if (!chats.delete(owner, id, clock.instant())) {
            throw unknown();
        }
        events.publishEvent(new ChatDeleted(owner, id));
    }

    /// Deletes chats whose last message is older, as their owners would; not those that are written in now.
    ///
    /// @return how many
    @Transactional
    int expire(Instant before, int most) {
        List<Owned> gone = chats.expire(before, clock.instant(), most);
        gone.forEach(chat -> events.publishEvent(new ChatDeleted(chat.owner(), chat.chatId())));
        if (!gone.isEmpty()) {
            events.publishEvent(
                    new AuditEvent(null, "chats.expired", null, Map.of("chats", Integer.toString(gone.size()))));
        }
        return gone.size();
    }

    public Chat restore(UserId owner, UUID id) {
        Optional<Chat> restored = chats.restore(owner, id, clock.instant().minus(RESTORABLE));
        restored.ifPresent(chat -> events.publishEvent(new ChatChanged(owner, id, true)));
        return restored.or(() -> chats.find(owner, id)).orElseThrow(Chats::unknown);
    }

    /// A new chat with a copy of the branch down to `message`.
    @Transactional
    public Chat fork(UserId owner, UUID id, UUID message) {
        Chat source = chats.lock(owner, id).orElseThrow(Chats::unknown);
        List<UUID> branch = branches.branchIds(id, message);
        if (branch.isEmpty()) {
            throw ParleyException.notFound("message");
        }
        if (messages.isStreaming(message)) {
            throw new ParleyException(ChatError.CHAT_BUSY, "This answer is still being written.");
        }
        UUID copy = create(owner, null, source.title(), source.settings(), false)
                .chat()
                .id();
        Map<UUID, UUID> copies = messages.copy(branch, copy);
        chats.setCurrent(copy, copies.get(message), branch.size(), clock.instant());
        events.publishEvent(new ChatForked(owner, copy, copies));
        return get(owner, copy);
    }

    static ParleyException unknown() {
        return ParleyException.notFound("chat");
    }
}
