package dev.parley.imports;

import static dev.parley.imports.Archives.chatGpt;
import static dev.parley.imports.Archives.json;
import static dev.parley.imports.Archives.libreChat;
import static dev.parley.imports.Archives.message;
import static dev.parley.imports.Archives.openWebUi;
import static dev.parley.imports.Archives.place;
import static dev.parley.imports.Archives.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.shared.UserId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Files of other programs, sent as a person sends them, and found again as chats.
@ApiTest
class ImportApiTest {
    private static final String IMPORTS = "/api/v1/imports/";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Api.Account account;
    private final Api api;
    private final ImportRun run;
    private final Imports imports;
    private final JdbcClient jdbc;

    ImportApiTest(
            @LocalServerPort int port,
            @Autowired ImportRun run,
            @Autowired Imports imports,
            @Autowired JdbcClient jdbc) {
        Api anyone = new Api(port);
        account = anyone.register();
        api = anyone.as(account);
        this.run = run;
        this.imports = imports;
        this.jdbc = jdbc;
    }

    private JsonNode imported(byte[] file) {
        return awaited(api.upload(IMPORTS, file, "../../name that is never used"));
    }

    private JsonNode awaited(Answer sent) {
        assertThat(sent.status()).as(sent.response().body()).isEqualTo(202);
        String id = sent.data().path("id").asString();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            JsonNode now = api.get(IMPORTS + id).data();
            if (List.of("done", "failed").contains(now.path("status").asString())) {
                return now;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("The import has no end");
    }

    private static List<String> skipped(JsonNode done) {
        return done.path("skipped")
                .valueStream()
                .map(one ->
                        one.path("reason").asString() + " " + one.path("count").asInt())
                .toList();
    }

    private JsonNode chat(String title) {
        for (String archived : List.of("false", "true")) {
            for (JsonNode chat : api.get("/api/v1/chats/?limit=100&archived=" + archived)
                    .data()
                    .path("items")) {
                if (chat.path("title").asString("").equals(title)) {
                    return chat;
                }
            }
        }
        throw new AssertionError("There is no chat " + title);
    }

    private List<String> shown(String title) {
        return contents(api.get("/api/v1/chats/" + chat(title).path("id").asString() + "/messages/?limit=100"));
    }

    private static List<String> contents(Answer messages) {
        return messages.data()
                .path("items")
                .valueStream()
                .map(message -> message.path("content").asString())
                .toList();
    }

    private JsonNode tree(String title) {
        return api.get("/api/v1/chats/" + chat(title).path("id").asString() + "/messages/?branch=all&limit=100")
                .data()
                .path("items");
    }

    @Test
    void takesOverAnExportOfChatGptInSeveralFilesAndTheSameAgainNotTwice() {
        byte[] export = zip(Map.of(
                "conversations-000.json", json(List.of(chatGpt("one", "The first", "Hi", "Hello", "Bye", "So long"))),
                "conversations-001.json", json(List.of(chatGpt("two", "The second", "What zanzibar?", "That one"))),
                "user.json", json(Map.of("id", "user-1", "email", "someone@example.org")),
                "message_feedback.json", json(List.of(Map.of("id", "x", "conversation_id", "one"))),
                "chat.html", "<html>".getBytes(UTF_8)));

        JsonNode first = imported(export);
        JsonNode again = imported(export);

        assertThat(first.path("status").asString()).isEqualTo("done");
        assertThat(first.path("format").asString()).isEqualTo("chatgpt");
        assertThat(first.path("imported").asInt()).isEqualTo(2);
        assertThat(first.path("done").asInt()).isEqualTo(2);
        assertThat(first.path("total").asInt()).isEqualTo(2);
        assertThat(skipped(first)).isEmpty();
        assertThat(again.path("imported").asInt()).isZero();
        assertThat(skipped(again)).containsExactly("already_imported 2");
        assertThat(api.get("/api/v1/chats/").data().path("items")).hasSize(2);
        assertThat(shown("The first")).containsExactly("Hi", "Hello", "Bye", "So long");
        JsonNode chat = chat("The first");
        assertThat(chat.path("created_at").asString()).isEqualTo("2023-11-14T22:13:20.000Z");
        assertThat(chat.path("message_count").asInt()).isEqualTo(4);
        assertThat(chat.path("settings").path("memory_enabled").asBoolean(true)).isFalse();
        assertThat(tree("The first").path(1).path("metadata").path("model").asString())
                .isEqualTo("gpt-4o");
        assertThat(api.get("/api/v1/chats/?q=zanzibar")
                        .data()
                        .path("items")
                        .path(0)
                        .path("title")
                        .asString())
                .isEqualTo("The second");
        assertThat(api.get(IMPORTS).data().path("items")).hasSize(2);
    }

    @Test
    void keepsTheBranchesOfChatGptAndLeavesOutWhatNobodySays() {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("root", place("root", null, null));
        mapping.put("system", place("system", "root", message("system", "You are helpful", 1_700_000_001)));
        mapping.put("ask", place("ask", "system", message("user", "Draw a cat", 1_700_000_002)));
        mapping.put(
                "think",
                place(
                        "think",
                        "ask",
                        message(
                                "assistant",
                                Map.of(
                                        "content_type",
                                        "thoughts",
                                        "thoughts",
                                        List.of(Map.of("summary", "Cats", "content", "They purr."))),
                                1_700_000_003)));
        mapping.put("answer", place("answer", "think", message("assistant", "Here it is.", 1_700_000_004)));
        mapping.put("tool", place("tool", "answer", message("tool", "rendered", 1_700_000_005)));
        mapping.put("more", place("more", "tool", message("assistant", "Do you like it?", 1_700_000_006)));
        mapping.put("again", place("again", "ask", message("assistant", "Another cat.", 1_700_000_007)));
        mapping.put(
                "image",
                place(
                        "image",
                        "system",
                        message(
                                "user",
                                Map.of(
                                        "content_type",
                                        "multimodal_text",
                                        "parts",
                                        List.of(Map.of("content_type", "image_asset_pointer"), "What is this?")),
                                1_700_000_008)));

        JsonNode done = imported(json(List.of(chatGpt("cats", "Cats", mapping, "more"))));

        assertThat(done.path("imported").asInt()).isEqualTo(1);
        assertThat(skipped(done)).containsExactly("attachment 1");
        assertThat(shown("Cats")).containsExactly("Draw a cat", "Here it is.\n\nDo you like it?");
        JsonNode tree = tree("Cats");
        assertThat(tree.valueStream().map(one -> one.path("content").asString()))
                .containsExactly(
                        "Draw a cat", "Here it is.\n\nDo you like it?", "Another cat.", "[image]\n\nWhat is this?");
        assertThat(tree.path(1).path("siblings")).hasSize(2);
        assertThat(tree.path(0).path("siblings")).hasSize(2);
        assertThat(tree.path(1).path("metadata").path("reasoning").asString()).isEqualTo("Cats\n\nThey purr.");
    }

    @Test
    void takesOverOpenWebUi() {
        JsonNode done = imported(json(List.of(openWebUi("web", "From the web"))));

        assertThat(done.path("format").asString()).isEqualTo("open_webui");
        assertThat(done.path("imported").asInt()).isEqualTo(1);
        assertThat(shown("From the web")).containsExactly("Second wording", "To the second");
        assertThat(tree("From the web")).hasSize(4);
        JsonNode answer = tree("From the web").path(3);
        assertThat(answer.path("metadata").path("reasoning").asString()).isEqualTo("Hm.");
        assertThat(answer.path("feedback").asString()).isEqualTo("up");
        assertThat(chat("From the web").path("is_archived").asBoolean()).isTrue();
    }

    @Test
    void takesOverLibreChatWhoseMessagesStandInsideOneAnother() {
        JsonNode done = imported(json(libreChat("free", "From the free", "One", "Two", "Three", "Four")));

        assertThat(done.path("format").asString()).isEqualTo("librechat");
        assertThat(shown("From the free")).containsExactly("One", "Two", "Three", "Four");
    }

    @Test
    void takesOverItsOwnFilesAndKnowsWhatItHas() {
        String chat = api.post("/api/v1/chats", Map.of("title", "My own", "settings", Map.of("system_prompt", "Rhyme")))
                .data()
                .path("id")
                .asString();
        JsonNode first = api.post("/api/v1/chats/" + chat + "/messages", Map.of("content", "A"))
                .data();
        api.post("/api/v1/chats/" + chat + "/messages/"
                + first.path("assistant_message").path("id").asString() + "/regenerate");
        byte[] one = api.get("/api/v1/chats/" + chat + "/export/?format=json")
                .response()
                .body()
                .getBytes(UTF_8);
        byte[] everything =
                api.get("/api/v1/users/profile/export/").response().body().getBytes(UTF_8);

        JsonNode here = imported(one);
        assertThat(skipped(here)).containsExactly("already_imported 1");

        Api.Account other = new Api(Integer.parseInt(api.base().replaceFirst(".*:", ""))).register();
        UserId owner = new UserId(UUID.fromString(other.id()));
        assertThat(read(owner, everything).imported()).isEqualTo(1);
        assertThat(read(owner, one).skipped()).containsEntry("already_imported", 1);
        JsonNode copy = api.as(other).get("/api/v1/chats/").data().path("items").path(0);
        assertThat(copy.path("title").asString()).isEqualTo("My own");
        assertThat(copy.path("settings").path("system_prompt").asString()).isEqualTo("Rhyme");
        assertThat(copy.path("message_count").asInt()).isEqualTo(3);
    }

    private Imports.Outcome read(UserId owner, byte[] file) {
        try {
            Path path = Files.createTempFile("import", ".json");
            Files.write(path, file);
            Imports.Outcome outcome = imports.read(owner, path, false, _ -> {});
            Files.delete(path);
            return outcome;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// A chat that has all that a tree can have, taken along by somebody who moves.
    @Test
    void itsOwnFileMakesTheSameTreeElsewhere() {
        String chat = api.post("/api/v1/chats", Map.of("title", "A tree"))
                .data()
                .path("id")
                .asString();
        String messages = "/api/v1/chats/" + chat + "/messages/";
        JsonNode first = api.post(messages, Map.of("content", "First")).data();
        String answer = first.path("assistant_message").path("id").asString();
        api.post(messages + answer + "/regenerate");
        api.put(messages + answer + "/feedback/", Map.of("rating", "up"));
        api.post(messages, Map.of("content", "Under the first answer", "parent_id", answer));
        Map<String, Object> root = new HashMap<>(Map.of("content", "Asked otherwise"));
        root.put("parent_id", null);
        api.post(messages, root);
        api.put("/api/v1/chats/" + chat + "/current/", Map.of("message_id", answer));
        byte[] file = api.get("/api/v1/chats/" + chat + "/export/?format=json")
                .response()
                .body()
                .getBytes(UTF_8);

        Api anyone = new Api(Integer.parseInt(api.base().replaceFirst(".*:", "")));
        Api.Account mover = anyone.register();
        assertThat(read(new UserId(UUID.fromString(mover.id())), file).imported())
                .isEqualTo(1);

        Api there = anyone.as(mover);
        String copy = there.get("/api/v1/chats/")
                .data()
                .path("items")
                .path(0)
                .path("id")
                .asString();
        assertThat(copy).isNotEqualTo(chat);
        assertThat(described(there, copy)).hasSize(7).containsExactlyInAnyOrderElementsOf(described(api, chat));
        assertThat(contents(there.get("/api/v1/chats/" + copy + "/messages/")))
                .isEqualTo(contents(api.get(messages)))
                .contains("Under the first answer");
    }

    /// Each message by what stands above it, and by what it is.
    private static List<String> described(Api whose, String chat) {
        JsonNode all = whose.get("/api/v1/chats/" + chat + "/messages/?branch=all&limit=100")
                .data()
                .path("items");
        Map<String, String> paths = new HashMap<>();
        List<String> described = new ArrayList<>();
        for (JsonNode one : all) {
            JsonNode siblings = one.path("siblings");
            int place = siblings.valueStream()
                    .map(JsonNode::asString)
                    .toList()
                    .indexOf(one.path("id").asString());
            String path = paths.getOrDefault(one.path("parent_id").asString(""), "") + "/" + place;
            paths.put(one.path("id").asString(), path);
            described.add(String.join(
                    " | ",
                    path,
                    one.path("role").asString(),
                    one.path("content").asString(),
                    one.path("status").asString(),
                    one.path("feedback").asString(""),
                    one.path("metadata").path("model").asString(""),
                    one.path("metadata").path("usage").toString()));
        }
        return described;
    }

    /// As the command and the server do that read the same file at once.
    @Test
    void whatSomebodyElseIsWritingIsNotWrittenTwice(@Autowired TransactionTemplate transaction) {
        byte[] file = json(List.of(chatGpt("raced", "Raced", "Hi", "Hello")));
        List<SourceChat> found = new ArrayList<>();
        ChatReader.read(new ByteArrayInputStream(file), found::add);
        UserId owner = new UserId(UUID.fromString(account.id()));

        CompletableFuture<Imports.Outcome> second = transaction.execute(_ -> {
            jdbc.sql("""
                    insert into chat (id, owner_id, settings, created_at, updated_at, active_at)
                    values (:id, :owner, '{}', now(), now(), now())
                    """)
                    .param("id", Planting.id(owner, found.getFirst()))
                    .param("owner", owner.value())
                    .update();
            int self = jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
            CompletableFuture<Imports.Outcome> begun = CompletableFuture.supplyAsync(() -> read(owner, file));
            await().atMost(PATIENCE)
                    .until(() -> jdbc.sql("""
                                    select exists (select from pg_stat_activity where :self = any(pg_blocking_pids(pid)))
                                    """)
                            .param("self", self)
                            .query(Boolean.class)
                            .single());
            return begun;
        });

        Imports.Outcome outcome = second.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(outcome.imported()).isZero();
        assertThat(outcome.skipped()).isEqualTo(Map.of("already_imported", 1));
    }

    /// As exports of today have it: many answers do not say who gave them, but the chat does.
    @Test
    void whoAnsweredIsKnownOfTheChatWhereNoAnswerSaysSo() {
        Map<String, Object> question = message("user", "Hi", 1_750_000_000);
        Map<String, Object> answer = message("assistant", "Hello", 1_750_000_060);
        question.remove("metadata");
        answer.remove("metadata");
        Map<String, Object> mapping = Map.of("q", place("q", null, question), "a", place("a", "q", answer));
        Map<String, Object> known = chatGpt("slug", "Whose answers", mapping, "a");
        known.put("default_model_slug", "gpt-5-thinking");
        Map<String, Object> unknown = chatGpt("auto", "Anybody's answers", mapping, "a");
        unknown.put("default_model_slug", "auto");
        imported(json(List.of(known, unknown)));

        assertThat(tree("Whose answers").path(1).path("metadata").path("model").asString(""))
                .isEqualTo("gpt-5-thinking");
        assertThat(tree("Whose answers").path(0).path("metadata").has("model")).isFalse();
        assertThat(tree("Anybody's answers").path(1).path("metadata").has("model"))
                .isFalse();
    }

    /// As a server that is killed leaves it: some lots are written, and how far that is.
    @Test
    void goesOnBehindWhatIsWritten(@TempDir Path directory) throws IOException {
        List<Object> chats = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            chats.add(chatGpt("chat-" + i, "Number " + i, "Question " + i, "Answer"));
        }
        Path file = Files.write(directory.resolve("file"), json(chats));
        SourceFile source = SourceFile.of(file);
        UserId owner = new UserId(UUID.fromString(account.id()));
        List<Tally> noted = new ArrayList<>();

        assertThatThrownBy(() -> run.write(owner, source, false, Tally.NOTHING, (_, now) -> {
                    if (now.done() > 200) {
                        throw new IllegalStateException("killed");
                    }
                    noted.add(now);
                }))
                .hasMessage("killed");
        assertThat(noted.getLast().done()).isEqualTo(200);

        Tally rest = run.write(owner, source, false, noted.getLast(), (_, _) -> {});
        assertThat(rest).isEqualTo(new Tally(450, 450, Map.of()));
        Tally anew = run.write(owner, source, false, Tally.NOTHING, (_, _) -> {});
        assertThat(anew).isEqualTo(new Tally(450, 0, Map.of(Skipped.ALREADY_IMPORTED, 450)));
    }

    @Test
    void whatIsToBeRememberedMayBeRecalled() {
        byte[] file = json(List.of(chatGpt("keep", "To be remembered", "I have a parrot", "Lovely")));
        JsonNode done = awaited(api.upload(IMPORTS + "?remember=true", file, "x.json"));

        assertThat(done.path("imported").asInt()).isEqualTo(1);
        assertThat(chat("To be remembered").path("settings").has("memory_enabled"))
                .isFalse();
    }

    @Test
    void leavesOutWhatIsNoChat() {
        JsonNode done = imported(json(List.of(
                chatGpt("empty", "Nothing in it", Map.of("root", place("root", null, null)), "root"),
                chatGpt("some", "Something in it", "Hello \u0000there", "Hi"))));

        assertThat(done.path("imported").asInt()).isEqualTo(1);
        assertThat(skipped(done)).containsExactly("empty 1");
        assertThat(shown("Something in it")).containsExactly("Hello there", "Hi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[1, 2]",
                "[{\"title\": \"x\"}]",
                "[{\"mapping\": {\"a\": {",
                "no json",
                "PK\u0003\u0004 no zip"
            })
    void saysWhyAFileCannotBeRead(String content) {
        JsonNode failed = imported(content.getBytes(UTF_8));

        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("failure").asString()).endsWith(".");
        assertThat(failed.path("imported").asInt()).isZero();
    }

    @Test
    void oneBadFileOfAnArchiveKeepsNobodyFromTheOthers() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("conversations-000.json", "[{\"mapping\": ".getBytes(UTF_8));
        entries.put("conversations-001.json", json(List.of(chatGpt("good", "The good one", "Hi", "Hello"))));

        JsonNode done = imported(zip(entries));

        assertThat(done.path("status").asString()).isEqualTo("done");
        assertThat(done.path("imported").asInt()).isEqualTo(1);
        assertThat(skipped(done)).containsExactly("unreadable 1");
    }

    /// Here: because another row has its id.
    @Test
    void aChatThatTheDatabaseRefusesKeepsNobodyFromTheOthers() {
        List<Map<String, Object>> chats = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            chats.add(chatGpt("refused-" + i, "Taken " + i, "Hi", "Hello"));
        }
        List<SourceChat> read = new ArrayList<>();
        ChatReader.read(new ByteArrayInputStream(json(chats)), read::add);
        Api.Account stranger = new Api(Integer.parseInt(api.base().replaceFirst(".*:", ""))).register();
        jdbc.sql("""
                insert into chat (id, owner_id, settings, created_at, updated_at, active_at)
                values (:id, :owner, '{}', now(), now(), now())
                """)
                .param("id", Planting.id(new UserId(UUID.fromString(account.id())), read.get(4)))
                .param("owner", UUID.fromString(stranger.id()))
                .update();

        JsonNode done = imported(json(chats));

        assertThat(done.path("status").asString()).isEqualTo("done");
        assertThat(done.path("done").asInt()).isEqualTo(9);
        assertThat(done.path("imported").asInt()).isEqualTo(8);
        assertThat(skipped(done)).containsExactly("not_storable 1");
        assertThat(shown("Taken 8")).containsExactly("Hi", "Hello");
    }

    @Test
    void aFailureOfTheDatabaseSaysNothingOfWhatIsStored() {
        assertThatThrownBy(() -> jdbc.sql("insert into account select * from account where id = :id")
                        .param("id", UUID.fromString(account.id()))
                        .update())
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("account")
                .message()
                .doesNotContain(account.id());
    }

    @Test
    void anArchiveThatUnpacksToFarMoreThanItIsIsRefused() {
        byte[] zeros = new byte[100 << 20];
        Arrays.fill(zeros, (byte) ' ');
        zeros[0] = '[';
        JsonNode failed = imported(zip(Map.of("conversations.json", zeros)));

        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("failure").asString()).contains("unpacks to more");
    }

    @Test
    void aFileIsNeitherTooLargeNorMissingNorOneOfTwo() {
        Answer large = api.upload(IMPORTS, new byte[9 << 20], "large.zip");
        assertThat(large.status()).as(large.response().body()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(api.upload(IMPORTS, new byte[0], "empty").status()).isEqualTo(400);
        assertThat(api.upload("/api/v1/chats/", "{}".getBytes(UTF_8), "elsewhere")
                        .status())
                .isEqualTo(415);
        assertThat(api.get(IMPORTS + UUID.randomUUID()).status()).isEqualTo(404);
    }
}
