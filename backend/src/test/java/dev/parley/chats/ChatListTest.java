package dev.parley.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chats.Conversation.Place;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatListTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Place CURRENT = new Place.Current();

    private final ChatsForTests world = new ChatsForTests(DATABASE);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private Chat chat(String title) {
        world.clock.pass(Duration.ofMinutes(1));
        return world.in(() -> world.chats.create(world.owner, null, title, ChatSettings.NONE, false))
                .chat();
    }

    private Chat change(Chat chat, @Nullable String title, @Nullable Boolean archived, @Nullable Boolean pinned) {
        world.clock.pass(Duration.ofMinutes(1));
        ChatChange change = new ChatChange(title != null, title, archived, pinned, false, "{}");
        return world.in(() -> world.chats.update(world.owner, chat.id(), change));
    }

    private List<String> listed(boolean archived) {
        return world.chats.list(world.owner, archived, new PageRequest(100, null)).items().stream()
                .map(chat -> String.valueOf(chat.title()))
                .toList();
    }

    @Test
    void aChatStandsByItsLastActivityAndNotByItsLastChange() {
        Chat first = chat("first");
        Chat second = chat("second");
        Chat renamed = change(first, "renamed", null, null);
        assertThat(listed(false)).containsExactly("second", "renamed");
        assertThat(renamed.activeAt()).isEqualTo(first.activeAt());
        assertThat(renamed.updatedAt()).isAfter(second.updatedAt());

        world.clock.pass(Duration.ofMinutes(1));
        world.exchange(first, CURRENT, "a question", "an answer");
        assertThat(listed(false)).containsExactly("renamed", "second");
        assertThat(world.chats.get(world.owner, first.id()).activeAt()).isAfter(second.activeAt());
    }

    @Test
    void pinnedStandBeforeAllAndTheArchiveIsAListOfItsOwn() {
        Chat first = chat("first");
        Chat second = chat("second");
        chat("third");
        change(first, null, null, true);
        change(second, null, true, null);
        assertThat(listed(false)).containsExactly("first", "third");
        assertThat(listed(true)).containsExactly("second");
        change(second, null, false, null);
        assertThat(listed(false)).containsExactly("first", "third", "second");
    }

    @Test
    void pagesHoldEachChatOnceAlsoWhenOneMovesUpMeanwhile() {
        List<Chat> chats = new ArrayList<>();
        for (int number = 1; number <= 7; number++) {
            chats.add(chat("chat " + number));
        }
        List<String> seen = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Chat> page = world.chats.list(world.owner, false, new PageRequest(3, cursor));
            page.items().forEach(one -> seen.add(String.valueOf(one.title())));
            cursor = page.nextCursor();
            // It was on the first page, and the next one does not begin with it again.
            world.clock.pass(Duration.ofMinutes(1));
            world.exchange(chats.get(4), CURRENT, "a question", "an answer");
        } while (cursor != null);
        assertThat(seen).containsExactly("chat 7", "chat 6", "chat 5", "chat 4", "chat 3", "chat 2", "chat 1");
    }

    @Test
    void aTemporaryChatIsInNoListAndGoneAfterADay() {
        Chat temporary = world.in(() -> world.chats.create(world.owner, null, "secret", ChatSettings.NONE, true))
                .chat();
        world.exchange(temporary, CURRENT, "a secret question", "a secret answer");
        assertThat(listed(false)).isEmpty();
        assertThat(listed(true)).isEmpty();
        assertThat(world.chats
                        .search(world.owner, false, SearchQuery.of("secret"), new PageRequest(20, null))
                        .items())
                .isEmpty();

        world.clock.pass(Chats.TEMPORARY.minusMinutes(1));
        world.purge.run();
        assertThat(world.chats.get(world.owner, temporary.id()).isTemporary()).isTrue();
        world.clock.pass(Duration.ofMinutes(1));
        world.purge.run();
        assertThatThrownBy(() -> world.chats.get(world.owner, temporary.id())).isInstanceOf(ParleyException.class);
        assertThat(world.events).contains(new ChatDeleted(world.owner, temporary.id()));
    }

    @Test
    void aDeletedChatComesBackToItsPlace() {
        chat("first");
        Chat second = chat("second");
        chat("third");
        world.in(() -> {
            world.chats.delete(world.owner, second.id());
            return second;
        });
        assertThat(listed(false)).containsExactly("third", "first");
        world.clock.pass(Chats.RESTORABLE.minusSeconds(1));
        world.in(() -> world.chats.restore(world.owner, second.id()));
        assertThat(listed(false)).containsExactly("third", "second", "first");
    }
}
