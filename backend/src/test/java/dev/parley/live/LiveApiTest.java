package dev.parley.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import dev.parley.Provider;
import dev.parley.models.ScriptedProvider;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class LiveApiTest {
    private final ScriptedProvider provider = Provider.shared();
    private final Connections connections;
    private final int port;
    private final Api anyone;
    private final Api api;
    private final Api.Account account;

    LiveApiTest(@LocalServerPort int port, @Autowired Connections connections) {
        this.connections = connections;
        this.port = port;
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

    private static Map<String, Object> frame(String type, Object... fields) {
        Map<String, Object> frame = new HashMap<>(Map.of("type", type));
        for (int i = 0; i < fields.length; i += 2) {
            frame.put((String) fields[i], fields[i + 1]);
        }
        return frame;
    }

    private String contentOf(String chat, String message) {
        for (JsonNode item : api.get(messages(chat)).data().path("items")) {
            if (item.path("id").asString().equals(message)) {
                return item.path("content").asString();
            }
        }
        throw new AssertionError("There is no message " + message);
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
    void aFirstFrameSignsIn() {
        try (LiveClient client = LiveClient.of(port)) {
            client.say(frame("auth", "token", account.accessToken()));
            assertThat(client.next().path("type").asString()).isEqualTo("ready");
        }
    }

    @Test
    void aCookieSignsInForOurOwnPagesAndConfiguredOnes() {
        for (String origin : List.of(anyone.base(), ApiTest.OTHER_ORIGIN)) {
            try (LiveClient client = LiveClient.of(port, account, origin)) {
                assertThat(client.next().path("type").asString()).isEqualTo("ready");
            }
        }
    }

    @Test
    void aCookieDoesNotSignInForAForeignPage() {
        try (LiveClient client = LiveClient.of(port, account, "https://evil.example.com")) {
            assertThat(client.closed()).isEqualTo(4401);
            assertThat(client.seen()).isEmpty();
        }
    }

    @Test
    void aCookieThatDoesNotCountIsSaidToBeSoAtOnce() {
        try (LiveClient client =
                LiveClient.with(port, Map.of("Cookie", "parley_access=made-up", "Origin", anyone.base()))) {
            assertThat(client.closed()).isEqualTo(4401);
            assertThat(client.reason()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void aProgramThatSaysNothingOfAPageNeedsATokenOfItsOwn() {
        try (LiveClient withCookie = LiveClient.with(port, Map.of("Cookie", "parley_access=" + account.accessToken()));
                LiveClient withHeader =
                        LiveClient.with(port, Map.of("Authorization", "Bearer " + account.accessToken()))) {
            assertThat(withHeader.next().path("type").asString()).isEqualTo("ready");
            withCookie.say(frame("subscribe", "chat_id", UUID.randomUUID()));
            assertThat(withCookie.closed()).isEqualTo(4401);
        }
    }

    @Test
    void whoIsNobodyIsClosed() {
        try (LiveClient silent = LiveClient.of(port);
                LiveClient forger = LiveClient.of(port).say(frame("auth", "token", "made-up"));
                LiveClient hasty = LiveClient.of(port).say(frame("subscribe", "chat_id", UUID.randomUUID()))) {
            assertThat(forger.closed()).isEqualTo(4401);
            assertThat(hasty.closed()).isEqualTo(4401);
            assertThat(silent.closed()).isEqualTo(4401);
        }
    }

    /// Also from who brings a token that counts: the first frame says who it is, and nothing else.
    @Test
    void nothingIsAskedForBeforeItIsKnownByWhom() {
        try (LiveClient hasty = LiveClient.of(port)
                .say(frame("subscribe", "chat_id", UUID.randomUUID(), "token", account.accessToken()))) {
            assertThat(hasty.closed()).isEqualTo(4401);
            assertThat(hasty.seen()).isEmpty();
        }
    }

    @Test
    void whoAsksForNoUpgradeIsToldInTheApisForm() {
        Api.Answer answer = anyone.get("/ws/");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(anyone.post("/ws", Map.of()).code()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void subscribersHearAnAnswerThatBeginsLaterAndOneThatRuns() {
        String chat = chat();
        CountDownLatch gate = gate("gated-live");
        try (LiveClient early = LiveClient.of(port, account);
                LiveClient late = LiveClient.of(port, account)) {
            early.say(frame("subscribe", "chat_id", chat)).heardBeforeAnAnswer();
            early.say(frame("send", "chat_id", chat, "content", "Hello", "model", "gated-live"));
            String answer = early.until("start").path("message_id").asString();
            early.until("delta");
            late.say(frame("subscribe", "chat_id", chat));
            assertThat(late.until("start")
                            .path("assistant_message")
                            .path("status")
                            .asString())
                    .isEqualTo("streaming");
            gate.countDown();
            for (LiveClient client : List.of(early, late)) {
                JsonNode done = client.until("done");
                assertThat(done.path("chat_id").asString()).isEqualTo(chat);
                assertThat(done.path("message").path("content").asString())
                        .isEqualTo("first words and the rest")
                        .isEqualTo(client.assertInOrder(answer).text(answer))
                        .isEqualTo(contentOf(chat, answer));
            }
        }
    }

    @Test
    void whoComesBackHearsWhatFollowedWhatTheySaw() {
        String chat = chat();
        CountDownLatch gate = gate("gated-live-again");
        String answer;
        long seen;
        try (LiveClient first = LiveClient.of(port, account)) {
            first.say(frame("subscribe", "chat_id", chat)).heardBeforeAnAnswer();
            first.say(frame("send", "chat_id", chat, "content", "Go on", "model", "gated-live-again"));
            JsonNode delta = first.until("delta");
            answer = delta.path("message_id").asString();
            seen = delta.path("id").asLong();
        }
        try (LiveClient again = LiveClient.of(port, account)) {
            again.say(frame("subscribe", "chat_id", chat, "message_id", answer, "after", seen));
            gate.countDown();
            again.until("done");
            assertThat(again.text(answer)).isEqualTo(" and the rest");
        }
        try (LiveClient afterwards = LiveClient.of(port, account)) {
            afterwards.say(frame("subscribe", "chat_id", chat, "message_id", answer, "after", seen));
            afterwards.until("done");
            assertThat(afterwards.text(answer)).isEqualTo(" and the rest");
        }
    }

    @Test
    void allDevicesHearWhatChangesInTheChats() {
        try (LiveClient phone = LiveClient.of(port, account);
                LiveClient stranger = LiveClient.of(port, anyone.register())) {
            String chat = chat();
            assertThat(phone.until("chat.created").path("chat").path("id").asString())
                    .isEqualTo(chat);
            api.patch("/api/v1/chats/" + chat + "/", Map.of("title", "Mine"));
            JsonNode renamed = phone.until("chat.updated");
            assertThat(renamed.path("chat"))
                    .isEqualTo(api.get("/api/v1/chats/" + chat).data());
            api.delete("/api/v1/chats/" + chat + "/");
            assertThat(phone.until("chat.deleted").path("chat").path("title").asString())
                    .isEqualTo("Mine");
            api.post("/api/v1/chats/" + chat + "/restore/");
            assertThat(phone.until("chat.created").path("chat").path("id").asString())
                    .isEqualTo(chat);
            assertThat(stranger.heardBeforeAnAnswer()).isEmpty();
        }
    }

    @Test
    void aChatsTitleAndItsActivityAreNews() {
        String chat = chat();
        try (LiveClient phone = LiveClient.of(port, account)) {
            api.post(messages(chat), Map.of("content", "What is a monad", "model", "echo"));
            assertThat(phone.until(news ->
                                    news.path("chat").path("message_count").asInt() == 2)
                            .path("type")
                            .asString())
                    .isEqualTo("chat.updated");
            assertThat(phone.until(news -> !news.path("chat")
                                    .path("title")
                                    .asString("")
                                    .isEmpty())
                            .path("chat")
                            .path("title")
                            .asString())
                    .isEqualTo("What is a monad");
        }
    }

    @Test
    void typingIsHeardByTheOthersOfTheSamePerson() {
        String chat = chat();
        try (LiveClient typist = LiveClient.of(port, account);
                LiveClient other = LiveClient.of(port, account);
                LiveClient stranger = LiveClient.of(port, anyone.register())) {
            typist.say(frame("typing", "chat_id", chat));
            assertThat(other.until("typing").path("chat_id").asString()).isEqualTo(chat);
            assertThat(typist.heardBeforeAnAnswer()).isEmpty();
            assertThat(stranger.heardBeforeAnAnswer()).isEmpty();
        }
    }

    @Test
    void anAnswerIsStopped() {
        String chat = chat();
        gate("gated-live-stop");
        try (LiveClient client = LiveClient.of(port, account)) {
            client.say(frame("subscribe", "chat_id", chat)).heardBeforeAnAnswer();
            client.say(frame("send", "chat_id", chat, "content", "Hello", "model", "gated-live-stop"));
            String answer = client.until("delta").path("message_id").asString();
            client.say(frame("stop", "message_id", answer));
            assertThat(client.until("done").path("message").path("status").asString())
                    .isEqualTo("stopped");
        }
    }

    @Test
    void whatIsWrongIsToldAndTheConnectionStays() {
        String chat = chat();
        Api.Account other = anyone.register();
        String foreign = anyone.as(other)
                .post("/api/v1/chats/", Map.of())
                .data()
                .path("id")
                .asString();
        try (LiveClient client = LiveClient.of(port, account)) {
            assertThat(refused(client, "no json")).isEqualTo("MALFORMED_REQUEST");
            assertThat(refused(client, "[1]")).isEqualTo("MALFORMED_REQUEST");
            assertThat(refused(client, "{}")).isEqualTo("MALFORMED_REQUEST");
            assertThat(refused(client, "{\"type\":\"subscribe\"}")).isEqualTo("VALIDATION_ERROR");
            assertThat(client.seen().getLast().path("details").path("fields").has("chat_id"))
                    .isTrue();
            assertThat(refused(client, "{\"type\":\"subscribe\",\"chat_id\":\"x\"}"))
                    .isEqualTo("VALIDATION_ERROR");
            for (String type : List.of("subscribe", "unsubscribe", "typing", "send")) {
                client.say(frame(type, "chat_id", foreign, "content", "Hello"));
                assertThat(client.until("error").path("code").asString())
                        .as(type)
                        .isEqualTo("NOT_FOUND");
            }
            client.say(frame("stop", "message_id", UUID.randomUUID()));
            assertThat(client.until("error").path("code").asString()).isEqualTo("NOT_FOUND");
            String clientId = UUID.randomUUID().toString();
            client.say(frame("send", "chat_id", chat, "content", " ", "client_id", clientId));
            JsonNode empty = client.until("error");
            assertThat(empty.path("code").asString()).isEqualTo("VALIDATION_ERROR");
            assertThat(empty.path("details").path("fields").has("content")).isTrue();
            assertThat(empty.path("client_id").asString()).isEqualTo(clientId);
            client.say(frame("send", "chat_id", chat, "content", "Hello", "temperature", 3));
            assertThat(client.until("error").path("details").path("fields").has("temperature"))
                    .isTrue();
            client.say(frame("send", "chat_id", chat, "content", "Hello", "model", "echo", "client_id", clientId));
            assertThat(client.until("sent").path("client_id").asString()).isEqualTo(clientId);
        }
    }

    private static String refused(LiveClient client, String frame) {
        return client.say(frame).until("error").path("code").asString();
    }

    @Test
    void framesHaveALargestSize() {
        String head = "{\"type\":\"nonsense\",\"padding\":\"";
        String tail = "\"}";
        int room = 256 * 1024 - head.length() - tail.length();
        try (LiveClient client = LiveClient.of(port, account)) {
            client.say(head + "x".repeat(room) + tail);
            assertThat(client.until("error").path("code").asString()).isEqualTo("MALFORMED_REQUEST");
            client.say(head + "x".repeat(room + 1) + tail);
            assertThat(client.closed()).isEqualTo(1009);
        }
    }

    @Test
    void binaryFramesAreRefused() {
        try (LiveClient client = LiveClient.of(port, account)) {
            client.say(new byte[] {1, 2, 3});
            assertThat(client.closed()).isEqualTo(1003);
        }
    }

    @Test
    void theEndOfASessionEndsItsConnections() {
        Api.Account phone = anyone.login(account.email());
        try (LiveClient here = LiveClient.of(port, account);
                LiveClient there = LiveClient.of(port, phone)) {
            anyone.as(phone).post("/api/v1/auth/logout");
            long begin = System.nanoTime();
            assertThat(there.closed()).isEqualTo(4401);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(here.heardBeforeAnAnswer()).isEmpty();
        }
    }

    @Test
    void whoDoesNotReadIsClosedAndComesBackToTheRest() {
        String chat = chat();
        String page = "All work and no play makes Jack a dull boy. ".repeat(1_000);
        provider.on("gated-live-flood", (request, reply) -> {
            reply.stream();
            for (int i = 0; i < 80; i++) {
                reply.text(page);
            }
            reply.finish("stop").done();
        });
        try (LiveClient watcher = LiveClient.of(port, account);
                LiveClient asleep = LiveClient.asleep(port, account)) {
            watcher.say(frame("subscribe", "chat_id", chat)).heardBeforeAnAnswer();
            asleep.say(frame("subscribe", "chat_id", chat));
            asleep.say(frame("send", "chat_id", chat, "content", "Hello", "model", "gated-live-flood"));
            JsonNode done = watcher.until("done");
            String answer = done.path("message_id").asString();
            String content = done.path("message").path("content").asString();
            assertThat(content).hasSize(80 * page.length()).isEqualTo(watcher.text(answer));

            // Left behind by the text, or at the latest when its time is over.
            UserId reader = new UserId(UUID.fromString(account.id()));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> connections.of(reader).size() == 1);
            asleep.read();
            assertThat(asleep.closed()).isEqualTo(4408);
            asleep.drain();
            JsonNode last = asleep.events(answer).getLast();
            assertThat(last.path("type").asString()).isEqualTo("delta");
            try (LiveClient again = LiveClient.of(port, account)) {
                again.say(frame(
                        "subscribe",
                        "chat_id",
                        chat,
                        "message_id",
                        answer,
                        "after",
                        last.path("id").asLong()));
                again.until("done");
                assertThat(asleep.text(answer) + again.text(answer)).isEqualTo(content);
            }
        }
    }

    @Test
    void aPageMayAskWhetherTheLineLives() {
        try (LiveClient client = LiveClient.of(port, account)) {
            client.say(frame("ping"));
            assertThat(client.next().path("type").asString()).isEqualTo("pong");
        }
    }

    @Test
    void whoSaysAgainWhoHeIsIsReady() {
        try (LiveClient client = LiveClient.of(port, account, anyone.base())) {
            client.until("ready");
            client.say(frame("auth", "token", account.accessToken())).until("ready");
            client.say(frame("auth", "token", anyone.register().accessToken()));
            assertThat(client.until("error").path("code").asString()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void aSecondQuestionToABusyChatIsRefused() {
        String chat = chat();
        CountDownLatch gate = gate("gated-live-busy");
        try (LiveClient client = LiveClient.of(port, account)) {
            String clientId = UUID.randomUUID().toString();
            Map<String, Object> question = frame(
                    "send", "chat_id", chat, "content", "Hello", "model", "gated-live-busy", "client_id", clientId);
            String answer =
                    client.say(question).until("sent").path("message_id").asString();
            assertThat(client.say(question).until("sent").path("message_id").asString())
                    .isEqualTo(answer);
            client.say(frame("send", "chat_id", chat, "content", "And?"));
            assertThat(client.until("error").path("code").asString()).isEqualTo("CHAT_BUSY");
            // It has subscribed to nothing.
            assertThat(client.events(answer)).isEmpty();
            await().until(() -> !provider.questions("gated-live-busy").isEmpty());
            gate.countDown();
        }
        assertThat(provider.questions("gated-live-busy")).hasSize(1);
    }

    @Test
    void tooManyFramesAreRefusedForAMoment() {
        try (LiveClient client = LiveClient.of(port, account)) {
            for (int i = 0; i < 600; i++) {
                client.say(frame("ping"));
            }
            JsonNode refused = client.until("error");
            assertThat(refused.path("code").asString()).isEqualTo("RATE_LIMITED");
            assertThat(refused.path("details").path("retry_after").asInt()).isPositive();
        }
    }

    /// Each time the line is lost at another moment.
    @Test
    void whoComesAndGoesMissesNothing() {
        String chat = chat();
        StringBuilder heard = new StringBuilder();
        String answer;
        try (LiveClient asker = LiveClient.of(port, account)) {
            answer = asker.say(frame("send", "chat_id", chat, "content", "Go on", "model", "tokens-400@200"))
                    .until("sent")
                    .path("message_id")
                    .asString();
        }
        long seen = 0;
        boolean over = false;
        for (int visit = 1; !over; visit++) {
            try (LiveClient visitor = LiveClient.of(port, account)) {
                visitor.say(frame("subscribe", "chat_id", chat, "message_id", answer, "after", seen));
                for (int i = 0; i < visit && !over; i++) {
                    JsonNode event = visitor.until(frame -> frame.has("id"));
                    assertThat(event.path("id").asLong()).isGreaterThan(seen);
                    seen = event.path("id").asLong();
                    over = event.path("type").asString().equals("done");
                    heard.append(event.path("text").asString(""));
                }
            }
        }
        assertThat(heard.toString()).isEqualTo(contentOf(chat, answer));
    }
}
