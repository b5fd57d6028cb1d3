package dev.parley.chats;

import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// The tree of a chat's messages: how it grows, which branch is shown, what is taken out of it.
///
/// What changes the tree wants the chat locked ([#lock]) by the same transaction, so that two devices cannot both be
/// first.
@Service
public class Conversation {
    private final ChatRepository chats;
    private final MessageRepository messages;
    private final BranchRepository branches;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Conversation(
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

    /// Where a question goes.
    public sealed interface Place {
        /// Below the message that the chat shows last.
        record Current() implements Place {}

        /// At the top: another first question.
        record Root() implements Place {}

        record Below(UUID message) implements Place {}
    }

    /// What became of a request for an answer.
    public sealed interface Asked {
        Message question();

        Message answer();

        /// Both are stored, and the answer is to be written.
        record Begun(Message question, Message answer) implements Asked {}

        /// The same request was made before: this is its answer, written or being written.
        record Known(Message question, Message answer) implements Asked {}
    }

    /// A message as a model is told it.
    ///
    /// @param parentId null for a first question
    /// @param bytes of the content in UTF-8
    public record Said(UUID id, @Nullable UUID parentId, Message.Role role, String content, long bytes) {}

    @Transactional(propagation = Propagation.MANDATORY)
    public Chat lock(UserId owner, UUID chat) {
        return chats.lock(owner, chat).orElseThrow(Chats::unknown);
    }

    /// Keeps others from changing a chat's tree, whoever owns it and whether or not it is deleted.
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(UUID chat) {
        chats.hold(chat);
    }

    /// Stores a question and an empty answer below it.
    ///
    /// @param chat as [#lock] gave it
    /// @param model which is to answer; asked for only when the question is new
    /// @throws ParleyException CHAT_BUSY when the parent is still being written, CONFLICT when the client's id
    ///     was used for another content, VALIDATION_ERROR when the parent is not in this chat
    @Transactional(propagation = Propagation.MANDATORY)
    public Asked ask(
            UserId owner, Chat chat, Place place, String content, @Nullable UUID clientId, Supplier<String> model) {
        UUID parent = switch (place) {
            case Place.Current _ -> chat.currentMessageId();
            case Place.Root _ -> null;
            case Place.Below(UUID message) -> message;
        };
        MessageRepository.Place found = messages.place(chat.id(), parent, clientId);
        if (found.sentBefore() != null) {
            return sentBefore(owner, chat, found.sentBefore(), content);
        }
        if (parent != null && found.parentStatus() == null) {
            throw ParleyException.invalid("parent_id", "There is no such message in this chat.");
        }
        if (found.parentStatus() == Message.Status.STREAMING) {
            throw new ParleyException(ChatError.CHAT_BUSY, "The answer before this message is still being written.");
        }
        Instant now = clock.instant();
        UUID id = Ids.next();
        Message question = new Message(
                id,
                chat.id(),
                parent,
                clientId,
                Message.Role.USER,
                content,
                Message.Status.COMPLETE,
                now,
                Message.Metadata.NONE,
                null,
                with(found.siblings(), id));
        Message answer = answer(question, null, model.get(), List.of(), now);
        messages.insertExchange(owner, question, answer);
        changed(owner, chat.id());
        return new Asked.Begun(question, answer);
    }

    /// Stores another empty answer to the question that `message` is, or answers.
    @Transactional(propagation = Propagation.MANDATORY)
    public Asked askAgain(UserId owner, Chat chat, UUID message, @Nullable UUID clientId, Supplier<String> model) {
        Message named = message(owner, chat.id(), message);
        UUID asked = named.role() == Message.Role.USER ? named.id() : named.parentId();
        if (asked == null) {
            throw ParleyException.notFound("question");
        }
        Message question = message(owner, chat.id(), asked);
        MessageRepository.Place place = messages.place(chat.id(), question.id(), clientId);
        if (place.sentBefore() != null) {
            Message before = message(owner, chat.id(), place.sentBefore());
            if (!question.id().equals(before.parentId())) {
                throw conflict();
            }
            return new Asked.Known(question, before);
        }
        Message answer = answer(question, clientId, model.get(), place.siblings(), clock.instant());
        messages.insertAnswer(owner, answer);
        changed(owner, chat.id());
        return new Asked.Begun(question, answer);
    }

    /// Gives an answer its final text; nothing when it is deleted or has one.
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Message> finish(
            UserId owner, UUID answer, String content, Message.Status status, Message.Metadata metadata) {
        return messages.finish(owner, answer, content, status, metadata, clock.instant())
                .flatMap(ended -> {
                    changed(ended.owner(), ended.chatId());
                    Optional<Message> message = messages.stored(answer);
                    message.ifPresent(done -> events.publishEvent(new AnswerCompleted(
                            ended.owner(),
                            ended.chatId(),
                            done,
                            ended.chatHasTitle(),
                            ended.temporary(),
                            ended.remembered())));
                    return message;
                });
    }

    public Message message(UserId owner, UUID chat, UUID id) {
        return messages.find(owner, chat, id).orElseThrow(() -> ParleyException.notFound("message"));
    }

    /// The chat that a message stands in.
    public UUID chatOf(UserId owner, UUID message) {
        return messages.chatOf(owner, message).orElseThrow(() -> ParleyException.notFound("message"));
    }

    /// What the chat began with; empty when it has no message.
    public Optional<String> firstQuestion(UserId owner, UUID chat) {
        return messages.firstQuestion(owner, chat);
    }

    /// The branch that ends in `leaf`, newest first, up to what stands below one of `ends`. At most `most` messages,
    /// and no further once they have `mostBytes`: what the whole branch holds costs nothing.
    public List<Said> newest(UserId owner, UUID chat, UUID leaf, Collection<UUID> ends, int most, long mostBytes) {
        return branches.newest(owner, chat, leaf, ends, most, mostBytes);
    }

    /// Whether there is this message, in a chat that is not deleted.
    public boolean has(UserId owner, UUID chat, UUID message) {
        return messages.find(owner, chat, message).isPresent();
    }

    /// The ids of a message and all under it; empty when there is no such message.
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> subtree(UUID chat, UUID root) {
        return branches.subtree(chat, root);
    }

    /// Removes a whole subtree; where the branch that is shown ended in it, the newest leaf left is shown.
    @Transactional(propagation = Propagation.MANDATORY)
    public void delete(UserId owner, Chat chat, List<UUID> subtree) {
        int gone = messages.delete(subtree);
        UUID current = chat.currentMessageId();
        if (current == null || subtree.contains(current)) {
            current = branches.newestLeafOf(chat.id()).orElse(null);
        }
        chats.setCurrent(chat.id(), current, -gone, clock.instant());
        changed(owner, chat.id());
    }

    /// Shows the branch through `message`, down to its newest leaf.
    @Transactional
    public Chat show(UserId owner, UUID chatId, UUID message) {
        Chat chat = lock(owner, chatId);
        UUID leaf = branches.newestLeaf(chat.id(), message).orElseThrow(() -> ParleyException.notFound("message"));
        chats.setCurrent(chat.id(), leaf, 0, clock.instant());
        changed(owner, chatId);
        return chats.find(owner, chatId).orElseThrow(Chats::unknown);
    }

    Message rate(UserId owner, UUID chat, UUID id, Message.@Nullable Rating rating, @Nullable String comment) {
        if (!messages.rate(owner, chat, id, rating, comment)) {
            throw ParleyException.notFound("message");
        }
        changed(owner, chat);
        return message(owner, chat, id);
    }

    private void changed(UserId owner, UUID chat) {
        events.publishEvent(new ChatChanged(owner, chat, false));
    }

    private Asked sentBefore(UserId owner, Chat chat, UUID before, String content) {
        Message question = message(owner, chat.id(), before);
        if (question.role() != Message.Role.USER || !question.content().equals(content)) {
            throw conflict();
        }
        Message answer = messages.answerTo(question.id())
                .orElseThrow(
                        () -> new ParleyException(CommonError.CONFLICT, "The answer to this message was deleted."));
        return new Asked.Known(question, answer);
    }

    private static Message answer(
            Message question, @Nullable UUID clientId, String model, List<UUID> siblings, Instant now) {
        UUID id = Ids.next();
        return new Message(
                id,
                question.chatId(),
                question.id(),
                clientId,
                Message.Role.ASSISTANT,
                "",
                Message.Status.STREAMING,
                now,
                Message.Metadata.of(model),
                null,
                with(siblings, id));
    }

    private static List<UUID> with(List<UUID> siblings, UUID id) {
        List<UUID> all = new ArrayList<>(siblings);
        all.add(id);
        return List.copyOf(all);
    }

    private static ParleyException conflict() {
        return new ParleyException(CommonError.CONFLICT, "This client_id was used for another message of this chat.");
    }
}
