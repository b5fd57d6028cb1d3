package dev.parley.seed;

import dev.parley.chats.ChatSettings;
import dev.parley.chats.ChatsInBulk;
import dev.parley.chats.Message;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A conversation with what people do in one: now and then they ask again for an answer, or put a question otherwise.
final class MadeUpChat {
    private static final String MODEL = "made-up";
    private static final int REGENERATED_PERCENT = 6;
    private static final int EDITED_PERCENT = 4;
    private static final int RATED_PERCENT = 3;
    private static final int LONGEST_PAUSE_S = 240;

    private final List<ChatsInBulk.NewMessage> messages = new ArrayList<>();
    private final RandomGenerator random;
    private final Prose prose;
    private final int size;
    private Instant now;
    private @Nullable UUID leaf;

    private MadeUpChat(RandomGenerator random, int size, Instant begin) {
        this.random = random;
        this.prose = new Prose(Language.any(random), random);
        this.size = size;
        this.now = begin;
    }

    /// @param size how many messages it has, on all its branches
    /// @param end about when its last message was written; none is later
    /// @param isNewest that one is never archived
    static ChatsInBulk.NewChat of(UserId owner, int size, Instant end, boolean isNewest, RandomGenerator random) {
        Instant begin = end.minusSeconds((long) size * LONGEST_PAUSE_S);
        MadeUpChat chat = new MadeUpChat(random, size, begin);
        String title = chat.prose.title();
        while (chat.messages.size() < size) {
            chat.exchange();
        }
        int kind = random.nextInt(100);
        return new ChatsInBulk.NewChat(
                Ids.at(begin),
                owner,
                title,
                kind < 8 && !isNewest,
                kind == 99,
                ChatSettings.NONE,
                begin,
                chat.now,
                chat.leaf,
                chat.messages);
    }

    private void exchange() {
        UUID before = leaf;
        UUID question = ask(before);
        if (left() > 0) {
            answer(question);
        }
        int whim = random.nextInt(100);
        if (left() == 1 || (left() > 0 && whim < REGENERATED_PERCENT)) {
            answer(question);
        } else if (left() > 1 && whim < REGENERATED_PERCENT + EDITED_PERCENT) {
            answer(ask(before));
        }
    }

    private int left() {
        return size - messages.size();
    }

    private UUID ask(@Nullable UUID parent) {
        return add(parent, Message.Role.USER, prose.question(), Message.Metadata.NONE, null);
    }

    private void answer(UUID question) {
        Message.Rating rating = random.nextInt(100) < RATED_PERCENT ? Message.Rating.UP : null;
        add(question, Message.Role.ASSISTANT, prose.answer(), Message.Metadata.of(MODEL), rating);
    }

    private UUID add(
            @Nullable UUID parent,
            Message.Role role,
            String content,
            Message.Metadata metadata,
            Message.@Nullable Rating rating) {
        now = now.plusSeconds(1 + random.nextInt(LONGEST_PAUSE_S));
        UUID id = Ids.at(now);
        messages.add(
                new ChatsInBulk.NewMessage(id, parent, role, content, Message.Status.COMPLETE, metadata, rating, now));
        leaf = id;
        return id;
    }
}
