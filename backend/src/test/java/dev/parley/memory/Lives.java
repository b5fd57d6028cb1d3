package dev.parley.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.chats.Message.Role;
import dev.parley.models.Prompt.Note;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// People with a past, for tests: what they say is stored, indexed and learned from as it is when they chat, on a
/// day of the test's choice.
@Component
class Lives {
    private final JdbcClient jdbc;
    private final RememberJob remember;
    private final EmbedJob embed;
    private final OwnRecollections recollections;
    private final JsonMapper json;

    Lives(JdbcClient jdbc, RememberJob remember, EmbedJob embed, OwnRecollections recollections, JsonMapper json) {
        this.json = json;
        this.jdbc = jdbc;
        this.remember = remember;
        this.embed = embed;
        this.recollections = recollections;
    }

    UserId somebody() {
        UserId id = new UserId(Ids.next());
        jdbc.sql("""
                insert into account (id, email, email_key, username, username_key, date_joined)
                values (:id, :name, :name, :name, :name, now())
                """).param("id", id.value()).param("name", id.toString()).update();
        return id;
    }

    UUID chat(UserId owner) {
        UUID chat = Ids.next();
        jdbc.sql("""
                insert into chat (id, owner_id, created_at, updated_at, active_at) values (:id, :owner, now(), now(), now())
                """).param("id", chat).param("owner", owner.value()).update();
        return chat;
    }

    /// An exchange that nothing has looked at.
    ///
    /// @return the answer's id
    UUID write(UserId owner, UUID chat, String text, String reply) {
        UUID question = insert(owner, chat, null, Role.USER, Duration.ZERO, text);
        return insert(owner, chat, question, Role.ASSISTANT, Duration.ZERO, reply);
    }

    /// An exchange that is remembered.
    ///
    /// @return the question's id
    UUID say(UserId owner, UUID chat, Duration ago, String text, String reply) {
        UUID question = insert(owner, chat, null, Role.USER, ago, text);
        UUID answer = insert(owner, chat, question, Role.ASSISTANT, ago, reply);
        remember.run(owner + "/" + answer);
        return question;
    }

    /// An exchange whose answer is told what is remembered, and says so.
    ///
    /// @return the answer's id
    UUID ask(UserId owner, UUID chat, String text, String reply) {
        return answer(owner, chat, text, reply, ask(owner, text));
    }

    /// The same, where the test says what it is told.
    UUID answer(UserId owner, UUID chat, String text, String reply, Recollections.Found told) {
        UUID answer = write(owner, chat, text, reply);
        jdbc.sql("update message set metadata = cast(:metadata as jsonb) where id = :id")
                .param(
                        "metadata",
                        json.writeValueAsString(Map.of("memories", told.memories(), "recalled", told.turns())))
                .param("id", answer)
                .update();
        remember.run(owner + "/" + answer);
        return answer;
    }

    /// Another answer to a question, which is remembered too.
    ///
    /// @return its id
    UUID regenerate(UserId owner, UUID chat, UUID question, String reply) {
        UUID answer = insert(owner, chat, question, Role.ASSISTANT, Duration.ZERO, reply);
        remember.run(owner + "/" + answer);
        return answer;
    }

    UUID say(UserId owner, Duration ago, String text) {
        return say(owner, chat(owner), ago, text, "I see.");
    }

    void settle(UserId owner) {
        while (embed.embedSome(owner)) {}
    }

    Recollections.Found ask(UserId owner, String question) {
        return recollections.recall(owner, question, Set.of(), 1_000, text -> text.length() / 4 + 1L);
    }

    /// What a model would be told.
    List<String> told(UserId owner, String question) {
        return ask(owner, question).notes().stream().map(Note::line).toList();
    }

    static List<String> lines(String resource) {
        try (InputStream file = Objects.requireNonNull(Lives.class.getResourceAsStream("/memory/" + resource))) {
            return Arrays.stream(new String(file.readAllBytes(), UTF_8).split("\n"))
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UUID insert(
            UserId owner,
            UUID chat,
            @org.jspecify.annotations.Nullable UUID parent,
            Role role,
            Duration ago,
            String text) {
        UUID id = Ids.next();
        jdbc.sql("""
                insert into message (id, chat_id, owner_id, parent_id, role, content, status, created_at)
                values (:id, :chat, :owner, cast(:parent as uuid), :role, :text, 'complete', :at)
                """)
                .param("id", id)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("parent", parent)
                .param("role", role.word())
                .param("text", text)
                .param("at", OffsetDateTime.ofInstant(Instant.now().minus(ago), ZoneOffset.UTC))
                .update();
        return id;
    }
}
