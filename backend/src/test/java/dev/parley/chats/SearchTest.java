package dev.parley.chats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chats.ChatRepository.Found;
import dev.parley.chats.Conversation.Place;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Place CURRENT = new Place.Current();

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final Chat chat = world.newChat();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "quokk",
        "QUOKKAS live",
        "where rottnest",
        "日本",
        "日本では",
        "りません",
        "ん",
        "Ｑｕｏｋｋａｓ",
        "naïve",
        "nai\u0308ve",
        "a-b_c"
    })
    void whatWasWrittenIsFoundByItsWordsAndBeginnings(String query) {
        Message answer =
                world.exchange(chat, CURRENT, "Where?", "Where quokkas live: Rottnest, 日本ではありません, naïve a-b_c");
        assertThat(search(query, false)).singleElement().satisfies(found -> {
            assertThat(found.chat().id()).isEqualTo(chat.id());
            assertThat(found.messageId()).isEqualTo(answer.id());
        });
    }

    @ParameterizedTest
    @CsvSource({"quokkas penguins", "okkas", "live quokk rott x", "本日", "日本せん", "quokk live", "!"})
    void whatIsNotThereIsNotFound(String query) {
        world.exchange(chat, CURRENT, "Where?", "quokkas live on Rottnest, 日本ではありません");
        assertThat(found(query)).isEmpty();
    }

    @Test
    void nobodyFindsWhatIsAnotherPersons() {
        world.exchange(chat, CURRENT, "quokkas", "of mine");
        // Their words begin alike in the index.
        UUID mine = world.owner.value();
        UserId other = new UserId(new UUID(mine.getMostSignificantBits() ^ 1L << 20, mine.getLeastSignificantBits()));
        assertThat(SearchText.mark(other)).isEqualTo(SearchText.mark(world.owner));
        assertThat(world.chats
                        .search(other, false, SearchQuery.of("quokkas"), new PageRequest(10, null))
                        .items())
                .isEmpty();
        assertThat(found("quokkas")).containsExactly(chat.id());
    }

    @Test
    void aTitleComesBeforeAMessageAndNamesNone() {
        world.exchange(chat, CURRENT, "quokkas quokkas quokkas", "quokkas");
        Chat titled = world.in(() -> world.chats.create(world.owner, null, "Quokkas", ChatSettings.NONE, false))
                .chat();
        List<Found> found = search("quokkas", false);
        assertThat(found).extracting(one -> one.chat().id()).containsExactly(titled.id(), chat.id());
        assertThat(found.getFirst().messageId()).isNull();
        assertThat(found.getFirst().text()).isEqualTo("Quokkas");
    }

    @Test
    void aHitOfAnotherBranchIsAHit() {
        Message first = world.exchange(chat, CURRENT, "q1", "a1");
        Message hidden = world.exchange(chat, CURRENT, "q2", "quokkas");
        world.exchange(chat, new Place.Below(first.id()), "q3", "a3");
        assertThat(search("quokkas", false).getFirst().messageId()).isEqualTo(hidden.id());
    }

    @Test
    void archivedChatsAreFoundAmongTheArchived() {
        world.exchange(chat, CURRENT, "quokkas", "a1");
        world.in(
                () -> world.chats.update(world.owner, chat.id(), new ChatChange(false, null, true, null, false, "{}")));
        assertThat(found("quokkas")).isEmpty();
        assertThat(search("quokkas", true)).hasSize(1);
    }

    @Test
    void aTemporaryChatIsNeverFound() {
        Chat temporary = world.in(() -> world.chats.create(world.owner, null, "Secret plans", ChatSettings.NONE, true))
                .chat();
        world.exchange(temporary, CURRENT, "platypus", "a mammal");
        assertThat(found("platypus")).isEmpty();
        assertThat(found("secret")).isEmpty();
    }

    @Test
    void whatIsDeletedIsNotFoundAndWhatIsRestoredIs() {
        Message first = world.exchange(chat, CURRENT, "q1", "quokkas");
        world.transaction.executeWithoutResult(_ -> world.chats.delete(world.owner, chat.id()));
        assertThat(found("quokkas")).isEmpty();
        world.chats.restore(world.owner, chat.id());
        assertThat(found("quokkas")).containsExactly(chat.id());
        world.transaction.executeWithoutResult(_ -> world.conversation.delete(
                world.owner,
                world.conversation.lock(world.owner, chat.id()),
                world.conversation.subtree(chat.id(), first.id())));
        assertThat(found("quokkas")).isEmpty();
    }

    /// The newest hits are ranked; those of chats that are out of sight must not take the places of others.
    @Test
    void aDeletedChatFullOfHitsHidesNoOther() {
        world.exchange(chat, CURRENT, "quokkas", "a1");
        Chat full = world.newChat();
        for (int i = 0; i < 260; i++) {
            world.exchange(full, CURRENT, "quokkas " + i, "quokkas");
        }
        world.transaction.executeWithoutResult(_ -> world.chats.delete(world.owner, full.id()));
        assertThat(found("quokkas")).containsExactly(chat.id());
    }

    @Test
    void aForkIsFoundToo() {
        Message first = world.exchange(chat, CURRENT, "q1", "quokkas");
        Chat copy = world.in(() -> world.chats.fork(world.owner, chat.id(), first.id()));
        assertThat(found("quokkas")).containsExactlyInAnyOrder(chat.id(), copy.id());
    }

    @Test
    void aNewTitleIsFoundAndTheOldOneIsNot() {
        rename("Quokkas");
        rename("Penguins");
        assertThat(found("quokkas")).isEmpty();
        assertThat(found("penguins")).containsExactly(chat.id());
    }

    private void rename(String title) {
        world.in(
                () -> world.chats.update(world.owner, chat.id(), new ChatChange(true, title, null, null, false, "{}")));
    }

    @Test
    void pagesOfHitsMeet() {
        List<UUID> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Chat one = world.newChat();
            world.exchange(one, CURRENT, "quokkas " + i, "a");
            all.add(one.id());
        }
        List<UUID> paged = new ArrayList<>();
        String cursor = null;
        do {
            Page<Found> page = search("quokkas", false, new PageRequest(3, cursor));
            page.items().forEach(hit -> paged.add(hit.chat().id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(paged).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aTextThatIsAsLongAsCanBeIsFoundByItsFirstWords() {
        StringBuilder text = new StringBuilder("quokkas ");
        for (int i = 0; text.length() < 900_000; i++) {
            text.append("word").append(i).append(' ').append("\ufdfa".repeat(i % 50 == 0 ? 300 : 0));
        }
        world.exchange(chat, CURRENT, "q1", text.toString());
        assertThat(found("quokkas word17")).containsExactly(chat.id());
    }

    @Test
    void whatTheIndexLacksIsIndexedOnce() {
        Message answer = world.exchange(chat, CURRENT, "quokkas", "on Rottnest");
        UUID streaming = world.ask(chat, CURRENT, "penguins", null).answer().id();
        rename("Marsupials");
        DATABASE.jdbc().sql("truncate message_search, chat_search").update();
        DATABASE.jdbc()
                .sql("insert into search_backlog values ('ffffffff-ffff-ffff-ffff-ffffffffffff')")
                .update();
        assertThat(found("quokkas")).isEmpty();

        world.backlog.run();

        assertThat(found("quokkas")).containsExactly(chat.id());
        assertThat(found("marsupials")).containsExactly(chat.id());
        assertThat(search("rottnest", false).getFirst().messageId()).isEqualTo(answer.id());
        world.finish(streaming, "emperors");
        assertThat(found("emperors")).containsExactly(chat.id());
        assertThat(DATABASE.jdbc()
                        .sql("select count(*) from search_backlog")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private List<UUID> found(String query) {
        return search(query, false).stream().map(hit -> hit.chat().id()).toList();
    }

    private List<Found> search(String query, boolean archived) {
        return search(query, archived, new PageRequest(10, null)).items();
    }

    private Page<Found> search(String query, boolean archived, PageRequest page) {
        return world.chats.search(world.owner, archived, SearchQuery.of(query), page);
    }
}
