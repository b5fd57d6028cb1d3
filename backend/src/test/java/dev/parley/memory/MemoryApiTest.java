package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Provider;
import dev.parley.models.ScriptedProvider;
import dev.parley.models.ScriptedProvider.Request;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class MemoryApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MEMORIES = "/api/v1/memories/";

    private final Api server;
    private final Blocks blocks;
    private final ScriptedProvider provider = Provider.shared();
    private Api api;

    MemoryApiTest(@LocalServerPort int port, @Autowired Blocks blocks) {
        this.blocks = blocks;
        server = new Api(port);
        api = server;
    }

    @BeforeEach
    void signUp() {
        api = server.as(server.register());
    }

    private String chat(Map<String, Object> body) {
        return api.post("/api/v1/chats/", body).data().path("id").asString();
    }

    private Answer ask(String chat, String question) {
        Answer answer = api.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", question));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer;
    }

    private Answer askAnew(String question) {
        return ask(chat(Map.of()), question);
    }

    private JsonNode memories(String query) {
        Answer answer = api.get(MEMORIES + query);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.data().path("items");
    }

    private static List<String> contents(JsonNode items) {
        List<String> contents = new ArrayList<>();
        items.forEach(item -> contents.add(item.path("content").asString()));
        return contents;
    }

    private JsonNode add(String content) {
        Answer answer = api.post(MEMORIES, Map.of("content", content));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.data();
    }

    private void awaitMemories(String... contents) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(contents(memories(""))).containsExactlyInAnyOrder(contents));
    }

    /// What the provider was told with this question: the question, or the notes above it and the question.
    private String told(String question) {
        Request request = provider.questions().stream()
                .filter(one -> one.body().contains(question))
                .reduce((_, last) -> last)
                .orElseThrow();
        JsonNode messages = request.json().path("messages");
        assertThat(messages.path(messages.size() - 1).path("content").asString())
                .isEqualTo(question);
        JsonNode above = messages.path(messages.size() - 2);
        return above.path("role").asString("").equals("system")
                ? above.path("content").asString() + "\n" + question
                : question;
    }

    private String unique(String question) {
        return question + " (" + UUID.randomUUID() + ")";
    }

    @Test
    void whoSaysWhoTheyAreIsKnownInTheNextChat() {
        Answer said = askAnew("My name is Ada, I live in Lyon.");
        awaitMemories("My name is Ada.", "I live in Lyon.");
        JsonNode home = memories("?q=where+is+my+home").path(0);
        assertThat(home.path("content").asString()).isEqualTo("I live in Lyon.");
        assertThat(home.path("score").asDouble()).isBetween(0.1, 1.0);
        JsonNode source = home.path("sources").path(0);
        assertThat(source.path("message_id").asString())
                .isEqualTo(said.data().path("user_message").path("id").asString());

        String question = unique("Where do I live?");
        JsonNode answer = askAnew(question).data().path("assistant_message");
        assertThat(told(question)).startsWith("Notes from").contains("“I live in Lyon.”", "“My name is Ada.”");
        assertThat(answer.path("metadata").path("memories")).hasSize(2);

        askAnew("I moved to Oslo.");
        awaitMemories("My name is Ada.", "I live in Oslo.");
        String again = unique("Where do I live now?");
        askAnew(again);
        assertThat(told(again)).contains("“I live in Oslo.”").doesNotContain("“I live in Lyon.”");
        JsonNode past = memories("?status=superseded").path(0);
        assertThat(past.path("content").asString()).isEqualTo("I live in Lyon.");
        assertThat(past.path("valid_to").isNull()).isFalse();
        assertThat(past.path("superseded_by").asString())
                .isEqualTo(memories("?q=Oslo").path(0).path("id").asString());
        JsonNode history = api.get(MEMORIES + past.path("id").asString() + "/history/")
                .data()
                .path("items");
        assertThat(history).hasSize(2);
        assertThat(history.path(0).path("event").asString()).isEqualTo("ADD");
        assertThat(history.path(0).path("new").asString()).isEqualTo("I live in Lyon.");
        assertThat(history.path(1).path("event").asString()).isEqualTo("SUPERSEDE");
        assertThat(history.path(1).path("old").asString()).isEqualTo("I live in Lyon.");
    }

    @Test
    void aChatThatHoldsTheWordsIsToldNoNotes() {
        String chat = chat(Map.of());
        ask(chat, "My name is Ada.");
        awaitMemories("My name is Ada.");
        String question = unique("What is my name?");
        ask(chat, question);
        assertThat(told(question)).isEqualTo(question);
    }

    @Test
    void whatWasSaidIsFoundAgain() {
        askAnew("The plumber who fixed the boiler was called Marinetti.");
        String question = unique("What did I tell you about the plumber and the boiler?");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode answer = askAnew(question).data().path("assistant_message");
            assertThat(told(question))
                    .contains("the user said: “The plumber who fixed the boiler was called Marinetti.”");
            assertThat(answer.path("metadata").path("recalled").path(0).has("message_id"))
                    .isTrue();
        });
    }

    @Test
    void aTemporaryChatReadsAndWritesNothing() {
        add("My name is Ada.");
        String chat = chat(Map.of("is_temporary", true));
        String question = unique("What is my name? I live in Lyon.");
        ask(chat, question);
        assertThat(told(question)).isEqualTo(question);
        askAnew("I am 41 years old.");
        awaitMemories("My name is Ada.", "I am 41 years old.");
    }

    @Test
    void memoryIsOffWhereItsOwnerSaysSo() {
        add("My name is Ada.");
        String chat = chat(Map.of("settings", Map.of("memory_enabled", false)));
        String question = unique("What is my name? I live in Lyon.");
        ask(chat, question);
        assertThat(told(question)).isEqualTo(question);
        api.patch("/api/v1/users/profile/", Map.of("preferences", Map.of("memory_enabled", false)));
        String another = unique("And my name? I live in Rome.");
        askAnew(another);
        assertThat(told(another)).isEqualTo(another);
        api.patch("/api/v1/users/profile/", Map.of("preferences", Map.of("memory_enabled", true)));
        askAnew("I am 41 years old.");
        awaitMemories("My name is Ada.", "I am 41 years old.");
    }

    @Test
    void whatWasSaidWhileMemoryWasOffIsNotRememberedLater() {
        Map<String, Object> off = Map.of("memory_enabled", false);
        Map<String, Object> on = Map.of("memory_enabled", true);
        String chat = chat(Map.of("settings", off));
        String first = answerId(ask(chat, "I live in Lyon."));
        api.patch("/api/v1/chats/" + chat + "/", Map.of("settings", on));
        api.patch("/api/v1/users/profile/", Map.of("preferences", off));
        String second = answerId(ask(chat, "My dog is called Biscuit."));
        api.patch("/api/v1/users/profile/", Map.of("preferences", on));
        for (String answer : List.of(first, second)) {
            String path = "/api/v1/chats/" + chat + "/messages/" + answer + "/regenerate/";
            assertThat(api.post(path, Map.of()).status()).isEqualTo(201);
        }
        ask(chat, "I am 41 years old.");
        awaitMemories("I am 41 years old.");
        String question = unique("What did I tell you about Lyon and the dog?");
        askAnew(question);
        assertThat(told(question).replace(question, "")).doesNotContain("Lyon", "Biscuit");
    }

    private static String answerId(Answer answer) {
        return answer.data().path("assistant_message").path("id").asString();
    }

    @Test
    void whoWantsToBeAskedIsAsked() {
        api.patch("/api/v1/users/profile/", Map.of("preferences", Map.of("memory_ask", true)));
        askAnew("I live in Lyon. My dog is called Biscuit.");
        await().atMost(PATIENCE).until(() -> memories("?status=pending").size() == 2);
        assertThat(memories("")).isEmpty();
        for (JsonNode waiting : memories("?status=pending")) {
            boolean wanted = waiting.path("content").asString().contains("Lyon");
            Answer decided = api.patch(
                    MEMORIES + waiting.path("id").asString() + "/", Map.of("status", wanted ? "active" : "rejected"));
            assertThat(decided.data().path("status").asString()).isEqualTo(wanted ? "active" : "rejected");
        }
        awaitMemories("I live in Lyon.");
        askAnew("My dog is called Biscuit.");
        askAnew("I am 41 years old.");
        await().atMost(PATIENCE).until(() -> memories("?status=pending").size() == 1);
        assertThat(contents(memories("?status=pending"))).containsExactly("I am 41 years old.");
    }

    @Test
    void whatIsForgottenIsNowhere() {
        Answer said = askAnew("I live in Lyon.");
        awaitMemories("I live in Lyon.");
        String id = memories("").path(0).path("id").asString();
        String question = unique("Where do I live?");
        JsonNode answer = askAnew(question).data().path("assistant_message");
        assertThat(answer.path("metadata").path("memories").path(0).asString()).isEqualTo(id);

        assertThat(api.delete(MEMORIES + id + "/").status()).isEqualTo(200);
        assertThat(api.delete(MEMORIES + id + "/").status()).isEqualTo(404);
        assertThat(api.get(MEMORIES + id + "/history/").status()).isEqualTo(404);
        assertThat(memories("?q=Lyon")).isEmpty();
        String again = unique("Where do I live now?");
        askAnew(again);
        assertThat(told(again)).doesNotContain("Lyon");
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode kept = api.get("/api/v1/chats/" + answer.path("chat_id").asString() + "/messages/")
                    .data()
                    .path("items")
                    .path(1);
            assertThat(kept.path("metadata").path("memories")).isEmpty();
        });
        assertThat(said.status()).isEqualTo(201);
    }

    @Test
    void forgettingCanBeAskedForInAChat() {
        askAnew("I live in Lyon.");
        add("The gate is blue.");
        awaitMemories("I live in Lyon.", "The gate is blue.");
        askAnew("Forget that I live in Lyon.");
        awaitMemories("The gate is blue.");
        assertThat(api.delete(MEMORIES).status()).isEqualTo(200);
        assertThat(memories("")).isEmpty();
        String question = unique("What did I tell you about Lyon and the gate?");
        askAnew(question);
        assertThat(told(question)).isEqualTo(question);
    }

    @Test
    void memoriesAreWrittenCorrectedAndPinnedByHand() {
        JsonNode added = add("  My dog is called Biscuit. ");
        assertThat(added.path("kind").asString()).isEqualTo("fact");
        assertThat(added.path("status").asString()).isEqualTo("active");
        assertThat(added.path("pinned").asBoolean()).isFalse();
        assertThat(added.path("sources")).isEmpty();
        String path = MEMORIES + added.path("id").asString() + "/";
        assertThat(add("my dog is called biscuit").path("id")).isEqualTo(added.path("id"));
        JsonNode changed = api.patch(
                        path, Map.of("content", "My dog is called Cookie.", "pinned", true, "kind", "preference"))
                .data();
        assertThat(changed.path("content").asString()).isEqualTo("My dog is called Cookie.");
        assertThat(changed.path("pinned").asBoolean()).isTrue();
        JsonNode history = api.get(path + "history/").data().path("items");
        assertThat(history.path(1).path("event").asString()).isEqualTo("UPDATE");
        assertThat(history.path(1).path("old").asString()).isEqualTo("My dog is called Biscuit.");
        assertThat(contents(memories("?kind=preference"))).containsExactly("My dog is called Cookie.");
        assertThat(memories("?kind=event")).isEmpty();
        assertThat(memories("?q=cookie&kind=preference")).hasSize(1);
    }

    @Test
    void whatIsWrongIsRefused() {
        assertThat(api.post(MEMORIES, Map.of()).status()).isEqualTo(422);
        assertThat(api.post(MEMORIES, Map.of("content", "  ")).fields().has("content"))
                .isTrue();
        assertThat(api.post(MEMORIES, Map.of("content", "x".repeat(2_001))).status())
                .isEqualTo(422);
        assertThat(api.post(MEMORIES, Map.of("content", "x", "kind", "gossip"))
                        .fields()
                        .has("kind"))
                .isTrue();
        assertThat(api.get(MEMORIES + "?kind=gossip").status()).isEqualTo(400);
        assertThat(api.get(MEMORIES + "?status=gone").status()).isEqualTo(400);
        assertThat(api.get(MEMORIES + "?limit=0").status()).isEqualTo(400);
        assertThat(api.get(MEMORIES + "?cursor=nonsense").status()).isEqualTo(400);
        String path = MEMORIES + add("The gate is blue.").path("id").asString();
        assertThat(api.patch(path, Map.of("status", "superseded")).fields().has("status"))
                .isTrue();
        assertThat(server.get(MEMORIES).status()).isEqualTo(401);
    }

    @Test
    void whoLooksAtTheirChatsIsReadAhead() {
        add("My dog is called Biscuit.");
        UserId me = new UserId(
                UUID.fromString(api.get("/api/v1/auth/me").data().path("id").asString()));
        assertThat(blocks.isHeld(me)).isFalse();
        api.get("/api/v1/chats/");
        await().atMost(PATIENCE).until(() -> blocks.isHeld(me));
    }

    @Test
    void aListIsPaged() {
        for (int i = 0; i < 5; i++) {
            add("Fact number " + i + " about the garden.");
        }
        for (String query : List.of("?limit=2", "?limit=2&q=garden")) {
            List<String> seen = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = api.get(MEMORIES + query + "&cursor=" + cursor).data();
                seen.addAll(contents(page.path("items")));
                cursor = page.path("next_cursor").asString("");
            } while (!cursor.isEmpty());
            assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        }
        assertThat(contents(memories("")).getFirst()).isEqualTo("Fact number 4 about the garden.");
    }

    @Test
    void othersMemoriesDoNotExist() {
        String path = MEMORIES + add("The gate is blue.").path("id").asString() + "/";
        Api mine = api;
        api = server.as(server.register());
        for (Answer answer : List.of(
                api.get(path), api.get(path + "history/"), api.patch(path, Map.of("pinned", true)), api.delete(path))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("NOT_FOUND");
        }
        assertThat(memories("")).isEmpty();
        assertThat(memories("?q=gate")).isEmpty();
        assertThat(mine.get(path).status()).isEqualTo(200);
    }
}
