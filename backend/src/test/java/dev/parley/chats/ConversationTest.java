package dev.parley.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chats.Conversation.Asked;
import dev.parley.chats.Conversation.Place;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Place CURRENT = new Place.Current();

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final Chat chat = world.newChat();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private List<String> shown() {
        return contents(world.history.branch(world.owner, chat.id(), new PageRequest(100, null)));
    }

    private static List<String> contents(Stretch page) {
        return page.items().stream().map(Message::content).toList();
    }

    private Chat now() {
        return world.chats.get(world.owner, chat.id());
    }

    @Test
    void aStaleTabMakesABranchAndHidesNothing() {
        Message first = world.exchange(chat, CURRENT, "q1", "a1");
        world.exchange(chat, CURRENT, "q2", "a2");
        Message stale = world.exchange(chat, new Place.Below(first.id()), "q2 elsewhere", "a2 elsewhere");
        assertThat(shown()).containsExactly("q1", "a1", "q2 elsewhere", "a2 elsewhere");
        assertThat(world.conversation
                        .message(world.owner, chat.id(), parent(stale))
                        .siblings())
                .hasSize(2);
        assertThat(now().messageCount()).isEqualTo(6);
    }

    private static UUID parent(Message message) {
        UUID parent = message.parentId();
        assertThat(parent).isNotNull();
        return parent == null ? message.id() : parent;
    }

    @Test
    void aQuestionBelowAnUnfinishedAnswerIsRefusedAndNothingIsStored() {
        world.ask(chat, CURRENT, "q1", null);
        assertThatThrownBy(() -> world.ask(chat, CURRENT, "q2", null))
                .isInstanceOfSatisfying(
                        ParleyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ChatError.CHAT_BUSY));
        assertThat(now().messageCount()).isEqualTo(2);
    }

    @Test
    void theSameClientIdIsTheSameQuestion() {
        UUID clientId = Ids.next();
        Asked first = world.ask(chat, CURRENT, "q1", clientId);
        Asked again = world.ask(chat, CURRENT, "q1", clientId);
        assertThat(first).isInstanceOf(Asked.Begun.class);
        assertThat(again).isInstanceOf(Asked.Known.class);
        assertThat(again.answer().id()).isEqualTo(first.answer().id());
        assertThatThrownBy(() -> world.ask(chat, CURRENT, "another", clientId)).isInstanceOf(ParleyException.class);
        assertThat(now().messageCount()).isEqualTo(2);
    }

    @Test
    void pagesLeadBothWaysAndMeet() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            world.exchange(chat, CURRENT, "q" + i, "a" + i);
            Collections.addAll(all, "q" + i, "a" + i);
        }
        List<String> backwards = new ArrayList<>();
        String cursor = null;
        do {
            Stretch page = world.history.branch(world.owner, chat.id(), new PageRequest(5, cursor));
            backwards.addAll(0, contents(page));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(backwards).isEqualTo(all);

        Message middle = world.history
                .branch(world.owner, chat.id(), new PageRequest(100, null))
                .items()
                .get(9);
        Stretch around = world.history.around(world.owner, chat.id(), middle.id(), 6);
        assertThat(contents(around)).contains(middle.content()).hasSize(6);
        List<String> forwards = new ArrayList<>(contents(around));
        cursor = around.prevCursor();
        while (cursor != null) {
            Stretch page = world.history.branch(world.owner, chat.id(), new PageRequest(4, cursor));
            forwards.addAll(contents(page));
            cursor = page.prevCursor();
        }
        int begin = all.indexOf(forwards.getFirst());
        assertThat(forwards).isEqualTo(all.subList(begin, all.size()));
    }

    @Test
    void aPageAroundAMessageOfAnotherBranchIsOfThatBranch() {
        Message first = world.exchange(chat, CURRENT, "q1", "a1");
        Message hidden = world.exchange(chat, CURRENT, "q2", "a2");
        world.exchange(chat, new Place.Below(first.id()), "q3", "a3");
        Stretch page = world.history.around(world.owner, chat.id(), hidden.id(), 20);
        assertThat(contents(page)).containsExactly("q1", "a1", "q2", "a2");
        assertThat(page.leafId()).isEqualTo(hidden.id()).isNotEqualTo(now().currentMessageId());
    }

    @Test
    void theTreeIsPagedWhole() {
        Message first = world.exchange(chat, CURRENT, "q1", "a1");
        world.exchange(chat, CURRENT, "q2", "a2");
        world.exchange(chat, new Place.Below(first.id()), "q3", "a3");
        Stretch newest = world.history.tree(world.owner, chat.id(), new PageRequest(4, null));
        Stretch oldest = world.history.tree(world.owner, chat.id(), new PageRequest(4, newest.nextCursor()));
        assertThat(contents(newest)).containsExactly("q2", "a2", "q3", "a3");
        assertThat(contents(oldest)).containsExactly("q1", "a1");
        assertThat(oldest.nextCursor()).isNull();
    }

    @Test
    void deletingTheShownEndShowsTheNewestLeafLeft() {
        Message first = world.exchange(chat, CURRENT, "q1", "a1");
        Message second = world.exchange(chat, CURRENT, "q2", "a2");
        delete(parent(second));
        assertThat(now().currentMessageId()).isEqualTo(first.id());
        assertThat(now().messageCount()).isEqualTo(2);
        delete(parent(first));
        assertThat(now().currentMessageId()).isNull();
        assertThat(now().messageCount()).isZero();
    }

    private void delete(UUID message) {
        world.transaction.executeWithoutResult(_ -> world.conversation.delete(
                world.owner,
                world.conversation.lock(world.owner, chat.id()),
                world.conversation.subtree(chat.id(), message)));
    }

    @Test
    void anEndIsStoredOnceAndPublished() {
        UUID answer = world.ask(chat, CURRENT, "q1", null).answer().id();
        assertThat(world.finish(answer, "a1")).isPresent();
        assertThat(world.finish(answer, "twice")).isEmpty();
        assertThat(shown()).containsExactly("q1", "a1");
        assertThat(world.events)
                .filteredOn(AnswerCompleted.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(AnswerCompleted.class, completed -> {
                    assertThat(completed.chatHasTitle()).isFalse();
                    assertThat(completed.answer().content()).isEqualTo("a1");
                });
    }

    @Test
    void aForkIsACopyOfTheBranchAndStandsAlone() {
        Message first = world.exchange(chat, CURRENT, "q1", "a1");
        world.exchange(chat, CURRENT, "q2", "a2");
        Chat copy = world.in(() -> world.chats.fork(world.owner, chat.id(), first.id()));
        delete(parent(first));
        assertThat(contents(world.history.branch(world.owner, copy.id(), new PageRequest(10, null))))
                .containsExactly("q1", "a1");
        assertThat(copy.messageCount()).isEqualTo(2);
    }

    @Test
    void whatIsDeletedCanBeRestoredForTenMinutesAndIsThenPurged() {
        world.exchange(chat, CURRENT, "q1", "a1");
        world.transaction.executeWithoutResult(_ -> world.chats.delete(world.owner, chat.id()));
        assertThatThrownBy(this::now).isInstanceOf(ParleyException.class);
        world.clock.pass(Duration.ofMinutes(9));
        world.purge.run();
        assertThat(world.chats.restore(world.owner, chat.id()).messageCount()).isEqualTo(2);
        world.transaction.executeWithoutResult(_ -> world.chats.delete(world.owner, chat.id()));
        world.clock.pass(Duration.ofMinutes(11));
        assertThatThrownBy(() -> world.chats.restore(world.owner, chat.id())).isInstanceOf(ParleyException.class);
        world.purge.run();
        assertThat(DATABASE.jdbc()
                        .sql("select count(*) from message where chat_id = :id")
                        .param("id", chat.id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aTemporaryChatIsInNoListAndGoneAfterADay() {
        Chat temporary = world.in(() -> world.chats.create(world.owner, null, "Secret plans", ChatSettings.NONE, true))
                .chat();
        world.exchange(temporary, CURRENT, "platypus", "a mammal");
        assertThat(list(null)).doesNotContain(temporary.id());
        world.clock.pass(Duration.ofHours(25));
        world.purge.run();
        assertThatThrownBy(() -> world.chats.get(world.owner, temporary.id())).isInstanceOf(ParleyException.class);
        assertThat(world.events).contains(new ChatDeleted(world.owner, temporary.id()));
    }

    @Test
    void theListIsByActivityWithThePinnedFirst() {
        Chat older = chat;
        world.clock.pass(Duration.ofSeconds(1));
        Chat newer = world.newChat();
        assertThat(list(null)).startsWith(newer.id(), older.id());
        world.clock.pass(Duration.ofSeconds(1));
        world.exchange(older, CURRENT, "q", "a");
        assertThat(list(null)).startsWith(older.id(), newer.id());
        world.in(() ->
                world.chats.update(world.owner, newer.id(), new ChatChange(false, null, null, true, false, "{}")));
        assertThat(list(null)).startsWith(newer.id(), older.id());
    }

    private List<UUID> list(@Nullable String cursor) {
        return world.chats.list(world.owner, false, new PageRequest(100, cursor)).items().stream()
                .map(Chat::id)
                .toList();
    }

    @Test
    void pagesOfTheListMeetAlsoWhereTimesAreEqual() {
        for (int i = 0; i < 7; i++) {
            world.newChat();
        }
        List<UUID> paged = new ArrayList<>();
        String cursor = null;
        do {
            var page = world.chats.list(world.owner, false, new PageRequest(3, cursor));
            page.items().forEach(item -> paged.add(item.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(paged).isEqualTo(list(null)).doesNotHaveDuplicates().hasSize(8);
    }
}
