package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Provider;
import dev.parley.Stream;
import dev.parley.models.ScriptedProvider;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class AnswersApiTest {
    private final ScriptedProvider provider = Provider.shared();
    private final Api anyone;
    private final Api api;
    private final Api.Account account;

    AnswersApiTest(@LocalServerPort int port) {
        anyone = new Api(port);
        account = anyone.register();
        api = anyone.as(account);
    }

    private String chat() {
        return api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
    }

    private static String messages(String chat) {
        return "/api/v1/chats/" + chat + "/messages/";
    }

    private static Map<String, Object> question(String content, String model) {
        return new HashMap<>(Map.of("content", content, "model", model));
    }

    /// Holds a model's answer after its first words, until the gate is opened.
    private CountDownLatch gate(String model) {
        CountDownLatch gate = new CountDownLatch(1);
        provider.on(model, (request, reply) -> {
            reply.stream().text("first words");
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reply.text(" and the rest").finish("stop").done();
        });
        return gate;
    }

    @Test
    void deltasAreExactlyTheContentThatIsStored() {
        String chat = chat();
        try (Stream stream = api.stream("POST", messages(chat), question("Hello", "tokens-40"))) {
            List<Stream.Event> events = stream.rest();
            assertThat(events.getFirst().name()).isEqualTo("start");
            assertThat(events.getFirst()
                            .data()
                            .path("assistant_message")
                            .path("status")
                            .asString())
                    .isEqualTo("streaming");
            assertThat(events.getLast().name()).isEqualTo("done");
            assertThat(stream.assertInOrder().text())
                    .isNotEmpty()
                    .isEqualTo(events.getLast()
                            .data()
                            .path("message")
                            .path("content")
                            .asString());
            Answer history = api.get(messages(chat));
            assertThat(history.data().path("items").path(1).path("content").asString())
                    .isEqualTo(stream.text());
            assertThat(history.data()
                            .path("items")
                            .path(1)
                            .path("metadata")
                            .path("model")
                            .asString())
                    .isEqualTo("tokens-40");
        }
    }

    /// Waits a moment for it.
    private static boolean isOpen(CountDownLatch gate) {
        try {
            return gate.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Test
    void manyListenersKeepNobodyOut() {
        CountDownLatch gate = new CountDownLatch(1);
        provider.on("gated-crowd", (request, reply) -> {
            reply.stream();
            do {
                reply.text("word ");
            } while (!isOpen(gate));
            reply.finish("stop").done();
        });
        String chat = chat();
        List<Stream> crowd = new ArrayList<>();
        try {
            crowd.add(api.stream("POST", messages(chat), question("Hear me", "gated-crowd")));
            String answer = crowd.getFirst()
                    .until("start")
                    .data()
                    .path("assistant_message")
                    .path("id")
                    .asString();
            for (int i = 0; i < 250; i++) {
                crowd.add(api.stream("GET", messages(chat) + answer + "/stream/", null));
            }

            assertThat(api.get("/health/").status()).isEqualTo(200);
            gate.countDown();
            for (Stream listener : crowd) {
                listener.rest();
            }
            assertThat(crowd)
                    .extracting(Stream::text)
                    .containsOnly(crowd.getFirst().text());
        } finally {
            gate.countDown();
            crowd.forEach(Stream::close);
        }
    }

    @Test
    void withoutAStreamTheAnswerComesWhenItIsComplete() {
        Answer answer = api.post(messages(chat()), question("say this", "echo"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.data().path("user_message").path("content").asString())
                .isEqualTo("say this");
        assertThat(answer.data().path("assistant_message").path("status").asString())
                .isEqualTo("complete");
        assertThat(answer.data().path("assistant_message").path("content").asString())
                .contains("say this");
    }

    @Test
    void whatTheProviderCountedIsKeptWithTheAnswer() {
        provider.on("cached", (request, reply) -> {
            reply.stream().text("Counted.").finish("stop");
            reply.event("{\"choices\": [], \"usage\": {\"prompt_tokens\": 1200, \"completion_tokens\": 3,"
                    + " \"prompt_tokens_details\": {\"cached_tokens\": 1024}}}");
            reply.done();
        });
        String chat = chat();
        api.post(messages(chat), question("How many?", "cached"));
        api.post(messages(chat), question("Say it", "tokens-40"));

        JsonNode items = api.get(messages(chat)).data().path("items");
        assertThat(items.path(1).path("metadata").path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":1200,\"completion_tokens\":3,\"cached_tokens\":1024}");
        assertThat(items.path(3).path("metadata").path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":7,\"completion_tokens\":40}");
    }

    @Test
    void anotherModelAnswersAndTheMessageSaysSo() {
        String chat = chat();
        Provider.whileStandingIn(
                (request, reply) -> {
                    reply.stream().text("I step in.");
                    reply.finish("stop").usage(3, 4).done();
                },
                () -> {
                    try (Stream stream = api.stream("POST", messages(chat), question("Hello", "status-500"))) {
                        List<Stream.Event> events = stream.rest();
                        assertThat(metadata(events.getFirst().data().path("assistant_message")))
                                .isEqualTo("{\"model\":\"status-500\"}");
                        assertThat(stream.assertInOrder().text()).isEqualTo("I step in.");
                        assertThat(events.getLast().name()).isEqualTo("done");
                        assertThat(metadata(events.getLast().data().path("message")))
                                .isEqualTo("{\"model\":\"spare/stand-in\","
                                        + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4},"
                                        + "\"finish_reason\":\"stop\",\"fallback\":{\"from\":\"status-500\","
                                        + "\"reason\":\"The model's provider failed (500).\"}}");
                    }
                });

        assertThat(metadata(api.get(messages(chat)).data().path("items").path(1)))
                .contains("\"fallback\":{\"from\":\"status-500\"");
    }

    @Test
    void aProviderThatIsBusyForAMomentIsWaitedFor() {
        provider.on("busy", (request, reply) -> {
            if (provider.questions("busy").size() == 1) {
                reply.json(429, "{}", "retry-after-ms: 1");
                return;
            }
            reply.stream().text("Now.").finish("stop").done();
        });
        Answer answer = api.post(messages(chat()), question("Now?", "busy"));

        assertThat(answer.data().path("assistant_message").path("content").asString())
                .isEqualTo("Now.");
        assertThat(metadata(answer.data().path("assistant_message"))).doesNotContain("fallback");
        assertThat(provider.questions("busy")).hasSize(2);
    }

    private static String metadata(JsonNode message) {
        return message.path("metadata").toString();
    }

    @Test
    void aListenerThatGoesChangesNothing() {
        String chat = chat();
        CountDownLatch gate = gate("gated-gone");
        String answer;
        try (Stream stream = api.stream("POST", messages(chat), question("Stay", "gated-gone"))) {
            answer = stream.until("start")
                    .data()
                    .path("assistant_message")
                    .path("id")
                    .asString();
            stream.until("delta");
        }
        gate.countDown();
        try (Stream again = api.stream("GET", messages(chat) + answer + "/stream/", null)) {
            again.until("done");
            assertThat(again.text()).isEqualTo("first words and the rest");
        }
        assertThat(provider.questions("gated-gone")).hasSize(1);
    }

    @Test
    void whoComesBackGetsWhatFollowedTheLastIdTheySaw() {
        String chat = chat();
        CountDownLatch gate = gate("gated-join");
        try (Stream first = api.stream("POST", messages(chat), question("Go on", "gated-join"))) {
            String answer = first.until("start")
                    .data()
                    .path("assistant_message")
                    .path("id")
                    .asString();
            long seen = first.until("delta").id();
            gate.countDown();
            String stream = messages(chat) + answer + "/stream/";
            try (Stream second = api.with("Last-Event-ID", Long.toString(seen)).stream("GET", stream, null)) {
                second.rest();
                assertThat(first.text() + second.text())
                        .as("%s then %s", first.seen(), second.seen())
                        .isEqualTo("first words and the rest");
                assertThat(second.seen()).extracting(Stream.Event::name).doesNotContain("start", "reset");
            }
            try (Stream unknown = api.stream("GET", stream + "?after=99999999999", null)) {
                unknown.rest();
                assertThat(unknown.seen()).extracting(Stream.Event::name).containsExactly("reset", "delta", "done");
                assertThat(unknown.text()).isEqualTo("first words and the rest");
            }
        }
    }

    @Test
    void aStopKeepsWhatWasSaidAndEndsTheProvidersConnection() {
        String chat = chat();
        provider.on("gated-stop", (request, reply) -> reply.stream().text("first words"));
        try (Stream stream = api.stream("POST", messages(chat), question("Stop", "gated-stop"))) {
            String answer = stream.until("start")
                    .data()
                    .path("assistant_message")
                    .path("id")
                    .asString();
            stream.until("delta");
            Answer stopped = api.post(messages(chat) + answer + "/stop/");
            assertThat(stopped.data().path("status").asString()).isEqualTo("stopped");
            assertThat(stopped.data().path("content").asString()).isEqualTo("first words");
            assertThat(stream.until("done")
                            .data()
                            .path("message")
                            .path("status")
                            .asString())
                    .isEqualTo("stopped");
            provider.questions("gated-stop").getLast().awaitHangUp();
            assertThat(api.post(messages(chat) + answer + "/stop/").data()).isEqualTo(stopped.data());
        }
    }

    @Test
    void aMessageBelowAnUnfinishedAnswerIsRefused() {
        String chat = chat();
        CountDownLatch gate = gate("gated-busy");
        try (Stream stream = api.stream("POST", messages(chat), question("One", "gated-busy"))) {
            stream.until("delta");
            Answer second = api.post(messages(chat), question("Two", "echo"));
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.code()).isEqualTo("CHAT_BUSY");
            gate.countDown();
            stream.until("done");
        }
        assertThat(api.post(messages(chat), question("Two", "echo")).status()).isEqualTo(201);
    }

    @Test
    void theSameClientIdIsAskedOnceHoweverOftenItIsSent() throws Exception {
        String chat = chat();
        Map<String, Object> body = question("once " + UUID.randomUUID(), "echo");
        body.put("client_id", UUID.randomUUID().toString());
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sent = IntStream.range(0, 8)
                    .mapToObj(_ -> many.submit(() -> api.post(messages(chat), body)))
                    .toList();
            for (Future<Answer> answer : sent) {
                assertThat(answer.get().status()).isIn(200, 201);
            }
            assertThat(sent.stream()
                            .map(answer -> answer.resultNow()
                                    .data()
                                    .path("assistant_message")
                                    .path("id")
                                    .asString())
                            .distinct())
                    .hasSize(1);
        }
        assertThat(provider.questions("echo").stream()
                        .filter(asked -> asked.question().equals(body.get("content"))))
                .hasSize(1);
        body.put("content", "something else");
        assertThat(api.post(messages(chat), body).code()).isEqualTo("CONFLICT");
    }

    @ParameterizedTest
    @CsvSource({
        "status-401, AI_PROVIDER_ERROR, 502",
        "status-429, AI_PROVIDER_ERROR, 502",
        "status-500, AI_PROVIDER_ERROR, 502",
        "cut, AI_PROVIDER_ERROR, 502",
        "garbage, AI_PROVIDER_ERROR, 502",
        "error-inside, AI_PROVIDER_ERROR, 502",
        "silent, AI_PROVIDER_TIMEOUT, 504",
        "stalls, AI_PROVIDER_TIMEOUT, 504",
    })
    void aFailingProviderLosesNoWord(String model, String code, int status) {
        String chat = chat();
        Answer failed = api.post(messages(chat), question("Try", model));
        assertThat(failed.status()).isEqualTo(status);
        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.response().body()).doesNotContain(ScriptedProvider.SECRET);
        Answer history = api.get(messages(chat));
        assertThat(history.data().path("items").path(0).path("content").asString())
                .isEqualTo("Try");
        assertThat(history.data().path("items").path(1).path("status").asString())
                .isEqualTo("failed");
        assertThat(history.data().path("items").path(1).path("id"))
                .isEqualTo(failed.body().path("error").path("details").path("assistant_message_id"));
        try (Stream stream =
                api.stream("POST", messages(chat) + items(history, 1) + "/regenerate/", Map.of("model", model))) {
            Stream.Event end = stream.rest().getLast();
            assertThat(end.name()).isEqualTo("error");
            assertThat(end.data().path("code").asString()).isEqualTo(code);
        }
    }

    private static String items(Answer history, int index) {
        return history.data().path("items").path(index).path("id").asString();
    }

    @Test
    void textThatTheProviderCutsIntoBytesArrivesWhole() {
        Answer answer = api.post(messages(chat()), question("Split", "split"));
        assertThat(answer.data().path("assistant_message").path("content").asString())
                .isEqualTo(ScriptedProvider.SPLIT_TEXT);
    }

    @Test
    void thinkingIsToldApartAndKept() {
        String chat = chat();
        try (Stream stream = api.stream("POST", messages(chat), question("Think", "reasoning"))) {
            stream.rest();
            assertThat(stream.assertInOrder().seen())
                    .extracting(Stream.Event::name)
                    .contains("reasoning", "delta");
            Answer stored = api.get(messages(chat));
            assertThat(stored.data().path("items").path(1).path("metadata").has("reasoning_millis"))
                    .isTrue();
            String answer = items(stored, 1);
            try (Stream later = api.stream("GET", messages(chat) + answer + "/stream/", null)) {
                later.rest();
                assertThat(later.seen())
                        .extracting(Stream.Event::name)
                        .containsExactly("start", "reasoning", "delta", "done");
                assertThat(later.text()).isEqualTo(stream.text());
            }
        }
    }

    @Test
    void regeneratingAndEditingMakeBranches() {
        String chat = chat();
        Answer first = api.post(messages(chat), question("One", "echo"));
        String question = first.data().path("user_message").path("id").asString();
        String answer = first.data().path("assistant_message").path("id").asString();
        Answer again = api.post(messages(chat) + answer + "/regenerate/");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.data().path("assistant_message").path("siblings")).hasSize(2);
        Answer ofQuestion = api.post(messages(chat) + question + "/regenerate/");
        assertThat(ofQuestion.data().path("assistant_message").path("siblings")).hasSize(3);

        Map<String, Object> edited = question("One, edited", "echo");
        edited.put("parent_id", null);
        Answer root = api.post(messages(chat), edited);
        assertThat(root.data().path("user_message").path("siblings")).hasSize(2);
        assertThat(items(api.get(messages(chat)), 0))
                .isEqualTo(root.data().path("user_message").path("id").asString());

        api.put("/api/v1/chats/" + chat + "/current/", Map.of("message_id", answer));
        assertThat(items(api.get(messages(chat)), 1)).isEqualTo(answer);
        assertThat(api.get(messages(chat) + "?branch=all").data().path("items")).hasSize(6);
    }

    @Test
    void deletingASubtreeStopsWhatIsWrittenInItAndShowsTheNewestLeafLeft() {
        String chat = chat();
        Answer first = api.post(messages(chat), question("One", "echo"));
        String kept = first.data().path("assistant_message").path("id").asString();
        gate("gated-delete");
        try (Stream stream = api.stream("POST", messages(chat), question("Two", "gated-delete"))) {
            String doomed =
                    stream.until("start").data().path("user_message").path("id").asString();
            stream.until("delta");
            assertThat(api.delete(messages(chat) + doomed + "/").status()).isEqualTo(200);
            assertThat(stream.until("done")
                            .data()
                            .path("message")
                            .path("status")
                            .asString())
                    .isEqualTo("stopped");
        }
        Answer left = api.get("/api/v1/chats/" + chat + "/");
        assertThat(left.data().path("current_message_id").asString()).isEqualTo(kept);
        assertThat(left.data().path("message_count").asInt()).isEqualTo(2);
    }

    @Test
    void aStreamEndsWithItsSession() {
        String chat = chat();
        gate("gated-end");
        Api.Account device = anyone.login(account.email());
        try (Stream stream = anyone.as(device).stream("POST", messages(chat), question("Bye", "gated-end"))) {
            stream.until("delta");
            anyone.as(device).post("/api/v1/auth/logout");
            stream.rest();
            assertThat(stream.seen()).extracting(Stream.Event::name).doesNotContain("done");
        }
    }

    @Test
    void nobodyElseSeesOrTouchesAnAnswer() {
        String chat = chat();
        Answer mine = api.post(messages(chat), question("Mine", "echo"));
        String answer = mine.data().path("assistant_message").path("id").asString();
        Api other = anyone.as(anyone.register());
        List<Answer> attempts = List.of(
                other.get(messages(chat)),
                other.get("/api/v1/chats/" + chat),
                other.post(messages(chat), question("Let me in", "echo")),
                other.get(messages(chat) + answer + "/stream/"),
                other.post(messages(chat) + answer + "/stop/"),
                other.post(messages(chat) + answer + "/regenerate/"),
                other.put(messages(chat) + answer + "/feedback/", Map.of("rating", "down")),
                other.put("/api/v1/chats/" + chat + "/current/", Map.of("message_id", answer)),
                other.post("/api/v1/chats/" + chat + "/fork/", Map.of("message_id", answer)),
                other.patch("/api/v1/chats/" + chat, Map.of("title", "Theirs")),
                other.put("/api/v1/chats/" + chat, Map.of("title", "Theirs")),
                other.delete(messages(chat) + answer),
                other.delete("/api/v1/chats/" + chat),
                other.post("/api/v1/chats/" + chat + "/restore/"));
        assertThat(attempts).extracting(Answer::status).containsOnly(404);
        assertThat(attempts).extracting(Answer::code).containsOnly("NOT_FOUND");
        String theirs = other.post("/api/v1/chats/", Map.of()).data().path("id").asString();
        Map<String, Object> below = question("Below yours", "echo");
        below.put("parent_id", answer);
        assertThat(other.post(messages(theirs), below).status()).isEqualTo(422);
        assertThat(api.get(messages(chat)).data().path("items")).hasSize(2);
    }

    @Test
    void whatCannotBeDecodedIsTheClientsFault() {
        assertThat(api.get("/api/v1/chats/?q=%ff").code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(api.with("Content-Type", "application/x-www-form-urlencoded")
                        .send("POST", "/api/v1/chats/", HttpRequest.BodyPublishers.ofString("a=%ff"))
                        .code())
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(api.with("Content-Type", "multipart/form-data")
                        .send("POST", "/api/v1/chats/", HttpRequest.BodyPublishers.ofString("x"))
                        .code())
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void deletingAChatStopsWhatIsWrittenInIt() {
        String chat = chat();
        gate("gated-chat");
        try (Stream stream = api.stream("POST", messages(chat), question("Go", "gated-chat"))) {
            stream.until("delta");
            assertThat(api.delete("/api/v1/chats/" + chat).status()).isEqualTo(200);
            assertThat(stream.until("done")
                            .data()
                            .path("message")
                            .path("status")
                            .asString())
                    .isEqualTo("stopped");
        }
        api.post("/api/v1/chats/" + chat + "/restore/");
        assertThat(api.get(messages(chat))
                        .data()
                        .path("items")
                        .path(1)
                        .path("content")
                        .asString())
                .isEqualTo("first words");
    }

    @Test
    void badInputSaysWhatIsWrong() {
        String chat = chat();
        assertThat(api.post(messages(chat), question(" ", "echo")).fields().has("content"))
                .isTrue();
        assertThat(api.post(messages(chat), question("x".repeat(100_001), "echo"))
                        .status())
                .isEqualTo(422);
        assertThat(api.post(messages(chat), question("x", "no-such-model"))
                        .fields()
                        .has("model"))
                .isTrue();
        assertThat(api.post(messages(chat), "{\"content\": \"a\\u0000b\"}").status())
                .isEqualTo(422);
        assertThat(api.post(messages(chat), "{\"content\": 5}").fields().has("content"))
                .isTrue();
        assertThat(api.post(messages(chat), "{\"content\": \"x\", \"max_tokens\": 1000000000000}")
                        .fields()
                        .has("max_tokens"))
                .isTrue();
        assertThat(api.post(messages(chat), "[").code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(api.get(messages(chat) + "?limit=101").code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(api.get(messages(chat) + "?limit=").code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(api.get(messages(chat) + "?cursor=nonsense").code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(api.get(messages(chat)).data().path("items")).isEmpty();
    }
}
