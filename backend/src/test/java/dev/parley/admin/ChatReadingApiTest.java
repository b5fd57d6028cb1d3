package dev.parley.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.auth.ChatAccess;
import dev.parley.auth.NewAccounts;
import dev.parley.chats.OthersChats;
import dev.parley.shared.CommonError;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.Directory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.JsonNode;

/// Operators who read people's chats, where who runs the server lets them.
@ApiTest
class ChatReadingApiTest {
    private static final String CHATS = "/api/v1/chats/";
    private static final String READ = "/api/v1/admin/chats/";

    private final Api anyone;
    private final Account operatorsAccount;
    private final Api operator;
    private final Account person;
    private final Api persons;
    private final String word = "private-" + UUID.randomUUID();
    private final OthersChats chats;
    private final Directory directory;
    private final ApplicationEventPublisher events;

    ChatReadingApiTest(
            @LocalServerPort int port,
            @Autowired NewAccounts newAccounts,
            @Autowired OthersChats chats,
            @Autowired Directory directory,
            @Autowired ApplicationEventPublisher events) {
        anyone = new Api(port);
        String email = Api.freshEmail();
        newAccounts.superuser(email, Api.PASSWORD);
        operatorsAccount = anyone.login(email);
        operator = anyone.as(operatorsAccount);
        person = anyone.register();
        persons = anyone.as(person);
        this.chats = chats;
        this.directory = directory;
        this.events = events;
    }

    private String listOf(Account owner) {
        return "/api/v1/admin/users/" + owner.id() + "/chats/";
    }

    private String chat(Map<String, ?> fields) {
        return persons.post(CHATS, fields).data().path("id").asString();
    }

    private void ask(String chat, String question) {
        assertThat(persons.post(CHATS + chat + "/messages/", Map.of("content", question))
                        .status())
                .isEqualTo(201);
    }

    private List<JsonNode> linesAbout(Account somebody) {
        return operator.get("/api/v1/admin/audit/?limit=100&about=" + somebody.id())
                .data()
                .path("items")
                .valueStream()
                .filter(line -> line.path("action").asString().startsWith("chat"))
                .toList();
    }

    private static List<String> strings(JsonNode nodes, String field) {
        return nodes.valueStream().map(node -> node.path(field).asString()).toList();
    }

    @Test
    void whatIsReadIsWhatItsOwnerSeesAndEachReadingIsInTheLog() {
        String chat = chat(Map.of("title", word));
        ask(chat, "One " + word);

        JsonNode listed = operator.get(listOf(person)).data().path("items");
        Answer read = operator.get(READ + chat + "/");
        Answer messages = operator.with("X-Request-Id", "reading-test").get(READ + chat + "/messages/");

        assertThat(strings(listed, "title")).containsExactly(word);
        assertThat(read.data().path("title").asString()).isEqualTo(word);
        assertThat(read.data().path("owner").path("email").asString()).isEqualTo(person.email());
        assertThat(messages.data())
                .isEqualTo(persons.get(CHATS + chat + "/messages/").data());
        List<JsonNode> lines = linesAbout(person);
        assertThat(lines)
                .extracting(line -> line.path("action").asString())
                .containsExactly("chat.read", "chat.read", "chats.listed");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("actor").path("id").asString()).isEqualTo(operatorsAccount.id());
            assertThat(line.path("ip").asString()).startsWith("10.0.");
        });
        assertThat(lines.getFirst().path("details").path("chat_id").asString()).isEqualTo(chat);
        assertThat(lines.getFirst().path("request_id").asString()).isEqualTo("reading-test");
        assertThat(lines.toString()).doesNotContain(word);
    }

    @Test
    void pagesFollowOneAnotherAndEachIsRecorded() {
        String chat = chat(Map.of("title", "first"));
        chat(Map.of("title", "second"));
        ask(chat, "One");
        ask(chat, "Two");

        Answer newest = operator.get(listOf(person) + "?limit=1");
        Answer next = operator.get(listOf(person) + "?limit=1&cursor="
                + newest.data().path("next_cursor").asString());
        Answer last = operator.get(READ + chat + "/messages/?limit=2");
        Answer before = operator.get(READ + chat + "/messages/?limit=2&cursor="
                + last.data().path("next_cursor").asString());

        assertThat(strings(newest.data().path("items"), "title")).containsExactly("first");
        assertThat(strings(next.data().path("items"), "title")).containsExactly("second");
        assertThat(last.data().path("items").path(0).path("content").asString()).isEqualTo("Two");
        assertThat(before.data().path("items").path(0).path("content").asString())
                .isEqualTo("One");
        assertThat(linesAbout(person)).hasSize(4);
    }

    @Test
    void otherBranchesAndTheArchiveAreReadWhereAskedFor() {
        String chat = chat(Map.of("title", "archived"));
        ask(chat, "As it was");
        persons.post(CHATS + chat + "/messages/", "{\"content\": \"As it is\", \"parent_id\": null}");
        persons.patch(CHATS + chat + "/", Map.of("is_archived", true));

        assertThat(operator.get(listOf(person)).data().path("items")).isEmpty();
        assertThat(operator.get(listOf(person) + "?archived=true").data().path("items"))
                .hasSize(1);
        assertThat(operator.get(READ + chat + "/messages/").response().body()).doesNotContain("As it was");
        assertThat(operator.get(READ + chat + "/messages/?branch=all")
                        .response()
                        .body())
                .contains("As it was", "As it is");
        assertThat(operator.get(READ + chat + "/messages/?branch=some").status())
                .isEqualTo(400);
    }

    @Test
    void temporaryAndDeletedChatsAreNotThere() {
        String temporary = chat(Map.of("title", word, "is_temporary", true));
        ask(temporary, word);
        String deleted = chat(Map.of("title", word));
        persons.delete(CHATS + deleted + "/");

        assertThat(operator.get(listOf(person)).data().path("items")).isEmpty();
        for (String gone : List.of(temporary, deleted, UUID.randomUUID().toString())) {
            for (String path : List.of(READ + gone, READ + gone + "/messages/?branch=all")) {
                Answer answer = operator.get(path);
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.code()).isEqualTo("NOT_FOUND");
            }
        }
        assertThat(operator.get("/api/v1/admin/users/" + UUID.randomUUID() + "/chats/")
                        .status())
                .isEqualTo(404);
        assertThat(linesAbout(person)).hasSize(1);
    }

    @Test
    void nobodyButAnOperatorWhoIsSignedInReadsAndNobodyWrites() {
        String chat = chat(Map.of("title", word));
        String key = operator.post("/api/v1/auth/keys/", Map.of("name", "a program"))
                .data()
                .path("key")
                .asString();
        Api program = anyone.with("Authorization", "Bearer " + key);

        for (String path : List.of(listOf(person), READ + chat + "/", READ + chat + "/messages/")) {
            assertThat(anyone.get(path).status()).as(path).isEqualTo(401);
            assertThat(program.get(path).status()).as(path).isEqualTo(403);
            assertThat(persons.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(linesAbout(person)).isEmpty();
        assertThat(operator.patch(READ + chat + "/", Map.of("title", "mine")).status())
                .isEqualTo(405);
        assertThat(operator.delete(READ + chat + "/").status()).isEqualTo(405);
        assertThat(operator.post(READ + chat + "/messages/", Map.of("content", "mine"))
                        .status())
                .isEqualTo(405);
        assertThat(operator.get(CHATS + chat + "/").status()).isEqualTo(404);
    }

    @Test
    void whoseChatsWereReadFindsItInTheirExport() {
        String chat = chat(Map.of("title", word));
        operator.get(listOf(person));
        operator.get(READ + chat + "/messages/");

        JsonNode readings = persons.get("/api/v1/users/profile/export/").body().path("readings_by_operators");

        assertThat(strings(readings, "action")).containsExactly("chat.read", "chats.listed");
        assertThat(readings.path(0).path("chat_id").asString()).isEqualTo(chat);
        assertThat(readings.toString()).doesNotContain(operatorsAccount.id());
    }

    @Test
    void everybodyIsToldThatOperatorsMayRead() {
        assertThat(anyone.get("/api/v1/auth/entrance")
                        .data()
                        .path("operators_read_chats")
                        .asBoolean())
                .isTrue();
    }

    /// Refused before anything is looked up: what there is, is not told either.
    @Test
    void whereItIsOffNothingIsReadAndNothingRecorded() {
        UUID chat = UUID.fromString(chat(Map.of("title", word)));
        UserId reader = new UserId(UUID.fromString(operatorsAccount.id()));
        UserId owner = new UserId(UUID.fromString(person.id()));
        PageRequest first = new PageRequest(20, null);
        ChatReading off = new ChatReading(new ChatAccess(false), chats, directory, events);

        assertForbidden(() -> off.list(reader, owner, false, first));
        assertForbidden(() -> off.chat(reader, chat));
        assertForbidden(() -> off.messages(reader, UUID.randomUUID(), true, first));
        assertThat(linesAbout(person)).isEmpty();
    }

    private static void assertForbidden(Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(CommonError.FORBIDDEN))
                .hasMessageContaining("PARLEY_ADMIN_CHAT_ACCESS");
    }
}
