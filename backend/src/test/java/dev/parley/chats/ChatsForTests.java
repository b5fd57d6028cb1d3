package dev.parley.chats;

import dev.parley.SettableClock;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The module put together by hand on a test's database, with somebody who owns a chat.
public final class ChatsForTests {
    static final int RETENTION_DAYS = 30;

    public final SettableClock clock = new SettableClock();
    public final List<Object> events = new ArrayList<>();
    public final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    public final Chats chats;
    public final Conversation conversation;
    public final UserId owner;
    public final TransactionTemplate transaction;
    final History history;
    final Purge purge;
    final Expiry expiry;
    final SearchBacklog backlog;

    public ChatsForTests(TestDatabase database) {
        transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        Json columns = new Json(json);
        Rows rows = new Rows(columns);
        ChatRepository chatRows = new ChatRepository(database.jdbc(), rows, columns);
        MessageRepository messageRows = new MessageRepository(database.jdbc(), rows, columns);
        BranchRepository branches = new BranchRepository(database.jdbc(), rows);
        chats = new Chats(chatRows, messageRows, branches, events::add, clock);
        conversation = new Conversation(chatRows, messageRows, branches, events::add, clock);
        history = new History(chats, branches);
        purge = new Purge(chatRows, database.shared(), events::add, clock);
        expiry = new Expiry(chats, new ChatsProperties(RETENTION_DAYS), clock);
        backlog = new SearchBacklog(database.jdbc(), transaction);
        owner = newOwner(database);
    }

    public UserId newOwner(TestDatabase database) {
        UserId id = new UserId(Ids.next());
        database.jdbc()
                .sql("""
                        insert into account (id, email, email_key, username, username_key, date_joined)
                        values (:id, :name, :name, :name, :name, now())
                        """)
                .param("id", id.value())
                .param("name", id.toString())
                .update();
        return id;
    }

    public <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> work.get()));
    }

    public Chat newChat() {
        return in(() -> chats.create(owner, null, null, ChatSettings.NONE, false))
                .chat();
    }

    /// Asks without an answer to come: the answer stays "streaming".
    public Conversation.Asked ask(Chat chat, Conversation.Place place, String content, @Nullable UUID clientId) {
        return in(() -> conversation.ask(
                owner, conversation.lock(owner, chat.id()), place, content, clientId, () -> "a-model"));
    }

    /// A whole exchange.
    public Message exchange(Chat chat, Conversation.Place place, String question, String answer) {
        Message asked = ask(chat, place, question, Ids.next()).answer();
        return finish(asked.id(), answer).orElseThrow();
    }

    public Optional<Message> finish(UUID answer, String content) {
        return in(() ->
                conversation.finish(owner, answer, content, Message.Status.COMPLETE, Message.Metadata.of("a-model")));
    }
}
