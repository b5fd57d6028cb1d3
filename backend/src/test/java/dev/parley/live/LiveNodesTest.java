package dev.parley.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import dev.parley.Parley;
import dev.parley.Provider;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/// Two nodes on one database: whoever is connected to one hears what happens on the other.
@ApiTest
class LiveNodesTest {
    private static ConfigurableApplicationContext second;

    private final Api here;
    private final Api.Account account;
    private final int there;
    private final int port;

    LiveNodesTest(@LocalServerPort int port) {
        this.port = port;
        Api anyone = new Api(port);
        account = anyone.register();
        here = anyone.as(account);
        there = Integer.parseInt(second.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @BeforeAll
    static void start(@Autowired Environment first) {
        second = new SpringApplicationBuilder(Parley.class)
                .initializers(new Provider.Initializer())
                .run(
                        "--server.port=0",
                        "--parley.database.url=" + first.getProperty("parley.database.url"),
                        "--PARLEY_DATA_DIR=" + first.getProperty("PARLEY_DATA_DIR"),
                        "--PARLEY_TRUSTED_PROXIES=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        second.close();
    }

    @Test
    void anAnswerOfTheOtherNodeIsFollowedAndStopped() {
        CountDownLatch gate = new CountDownLatch(1);
        Provider.shared().on("gated-live-there", (request, reply) -> {
            reply.stream().text("first words");
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reply.text(" and the rest").finish("stop").done();
        });
        String chat = here.post("/api/v1/chats/", Map.of()).data().path("id").asString();
        try (LiveClient listener = LiveClient.of(there, account);
                LiveClient asker = LiveClient.of(port, account)) {
            listener.say(Map.of("type", "subscribe", "chat_id", chat)).heardBeforeAnAnswer();
            asker.say(Map.of("type", "send", "chat_id", chat, "content", "Hello", "model", "gated-live-there"));
            String first = listener.until("start").path("message_id").asString();
            listener.until("delta");
            gate.countDown();
            JsonNode done = listener.until("done");
            assertThat(listener.assertInOrder(first).text(first))
                    .isEqualTo("first words and the rest")
                    .isEqualTo(done.path("message").path("content").asString());

            asker.say(Map.of("type", "send", "chat_id", chat, "content", "Hello", "model", "silent"));
            String other = listener.until("start").path("message_id").asString();
            listener.say(Map.of("type", "stop", "message_id", other));
            assertThat(listener.until("done").path("message").path("status").asString())
                    .isEqualTo("stopped");
        }
    }

    @Test
    void chatsAndTypingAreNewsOnBoth() {
        try (LiveClient listener = LiveClient.of(there, account);
                LiveClient typist = LiveClient.of(port, account)) {
            String chat = here.post("/api/v1/chats/", Map.of("title", "Mine"))
                    .data()
                    .path("id")
                    .asString();
            assertThat(listener.until("chat.created").path("chat").path("title").asString())
                    .isEqualTo("Mine");
            typist.say(Map.of("type", "typing", "chat_id", chat));
            assertThat(listener.until("typing").path("chat_id").asString()).isEqualTo(chat);
            here.delete("/api/v1/chats/" + chat + "/");
            assertThat(listener.until("chat.deleted").path("chat").path("id").asString())
                    .isEqualTo(chat);
        }
    }

    @Test
    void theEndOfASessionIsKnownOnBoth() {
        try (LiveClient listener = LiveClient.of(there, account)) {
            here.post("/api/v1/auth/logout");
            assertThat(listener.closed()).isEqualTo(4401);
        }
    }
}
