package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import dev.parley.Provider;
import dev.parley.Stream;
import dev.parley.auth.NewAccounts;
import dev.parley.models.ScriptedProvider;
import dev.parley.shared.UserId;
import dev.parley.usage.QuestionLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Quotas, as those meet them who ask.
@ApiTest
class QuotaApiTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ScriptedProvider provider = Provider.shared();
    private final int port;
    private final JdbcClient jdbc;
    private final QuestionLimit limit;
    private final Api operator;
    private final Api.Account account;
    private final Api api;

    QuotaApiTest(
            @LocalServerPort int port,
            @Autowired NewAccounts newAccounts,
            @Autowired JdbcClient jdbc,
            @Autowired QuestionLimit limit) {
        this.port = port;
        this.limit = limit;
        this.jdbc = jdbc;
        Api anyone = new Api(port);
        String email = Api.freshEmail();
        newAccounts.superuser(email, Api.PASSWORD);
        operator = anyone.as(anyone.login(email));
        account = anyone.register();
        api = anyone.as(account);
    }

    private String quota() {
        return "/api/v1/admin/users/" + account.id() + "/quota/";
    }

    private void mayUse(Map<String, ?> limits) {
        assertThat(operator.put(quota(), limits).status()).isEqualTo(200);
    }

    private String messages() {
        return "/api/v1/chats/" + chat() + "/messages/";
    }

    private String chat() {
        return api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
    }

    private static Map<String, Object> question(String model, int maxTokens) {
        return new HashMap<>(Map.of("content", "Q", "model", model, "max_tokens", maxTokens));
    }

    private JsonNode today() {
        return api.get("/api/v1/users/usage/").data().path("day");
    }

    private long held() {
        return jdbc.sql("select held_tokens from quota_use where owner_id = :id")
                .param("id", UUID.fromString(account.id()))
                .query(Long.class)
                .single();
    }

    private static void assertExceeded(Answer refused) {
        assertThat(refused.status()).as(refused.response().body()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 31 * 24 * 3600);
    }

    /// The limit is far above what a test can ask, so something else takes all that is left of it meanwhile.
    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        String chat = chat();
        String messages = "/api/v1/chats/" + chat + "/messages/";
        Map<String, Object> first = question("echo", 100);
        first.put("client_id", UUID.randomUUID().toString());
        assertThat(api.post(messages, first).status()).isEqualTo(201);
        Api program = new Api(port)
                .with(
                        "Authorization",
                        "Bearer "
                                + api.post("/api/v1/auth/keys", Map.of("name", "a program"))
                                        .data()
                                        .path("key")
                                        .asString());
        UserId owner = new UserId(UUID.fromString(account.id()));
        AtomicBoolean over = new AtomicBoolean();
        Thread greedy = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                limit.attempt(owner);
            }
        });
        try {
            await().atMost(PATIENCE)
                    .until(() -> api.post(messages, question("echo", 100)).status() == 429);
            Answer refused = refused(() -> api.post(messages, question("echo", 100)));
            assertThat(refused.code()).isEqualTo("RATE_LIMITED");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
            Answer ofProgram = refused(() -> program.post(
                    "/v1/chat/completions",
                    Map.of("model", "echo", "messages", List.of(Map.of("role", "user", "content", "Q")))));
            assertThat(ofProgram.body().path("error").path("code").asString()).isEqualTo("rate_limit_exceeded");
            assertThat(ofProgram.header("Retry-After")).isNotEmpty();
            Answer ofTexts = refused(() -> program.post("/v1/embeddings", Map.of("model", "meaning", "input", "four")));
            assertThat(ofTexts.body().path("error").path("code").asString()).isEqualTo("rate_limit_exceeded");
            // Who asks for the answer that there is asks no question.
            assertThat(api.post(messages, first).status()).isEqualTo(200);
        } finally {
            over.set(true);
        }
        await().atMost(PATIENCE).until(() -> !greedy.isAlive());
        await().atMost(PATIENCE)
                .until(() -> api.post(messages, question("echo", 100)).status() == 201);
    }

    private static Answer refused(Supplier<Answer> ask) {
        for (int i = 0; i < 100; i++) {
            Answer answer = ask.get();
            if (answer.status() == 429) {
                return answer;
            }
        }
        throw new AssertionError("Nothing is refused.");
    }

    @Test
    void ofManySentAtOnceNoMoreAreAskedThanFit() {
        mayUse(Map.of("day_tokens", 1_000));
        CountDownLatch gate = new CountDownLatch(1);
        provider.on("quota-crowd", (request, reply) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reply.stream().text("Yes").finish("stop").usage(50, 10).done();
        });
        List<String> chats = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            chats.add(messages());
        }
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> answers = chats.stream()
                    .map(chat -> CompletableFuture.supplyAsync(() -> api.post(chat, question("quota-crowd", 100)), all))
                    .toList();
            await().atMost(PATIENCE)
                    .until(() -> provider.questions("quota-crowd").size()
                                    + answers.stream()
                                            .filter(CompletableFuture::isDone)
                                            .count()
                            == 20);
            gate.countDown();
            List<Answer> ended = answers.stream().map(CompletableFuture::join).toList();

            // Each needs 100 and the few of its prompt.
            assertThat(ended).filteredOn(answer -> answer.status() == 201).hasSize(9);
            assertThat(ended)
                    .filteredOn(answer -> answer.status() != 201)
                    .hasSize(11)
                    .allSatisfy(QuotaApiTest::assertExceeded);
            assertThat(provider.questions("quota-crowd")).hasSize(9);
            assertThat(today().path("tokens").asLong()).isEqualTo(9 * 60);
            assertThat(held()).isZero();
        } finally {
            gate.countDown();
        }
    }

    @Test
    void whatIsRefusedIsNotStoredAndCanBeSentAgain() {
        String chat = messages();
        Map<String, Object> sent = question("tokens-40", 100);
        sent.put("client_id", UUID.randomUUID().toString());
        mayUse(Map.of("day_tokens", 0));

        Answer refused = api.post(chat, sent);

        assertExceeded(refused);
        assertThat(refused.body().path("error").path("message").asString()).contains("used up your quota for today");
        assertExceeded(api.with("Accept", "text/event-stream").post(chat, sent));
        assertThat(api.get(chat).data().path("items").isEmpty()).isTrue();
        assertThat(operator.delete(quota()).data().path("own_quota").asBoolean())
                .isFalse();
        assertThat(api.post(chat, sent).status()).isEqualTo(201);
        assertThat(api.post(chat, sent).status()).as("sent again").isEqualTo(200);
    }

    @Test
    void regeneratingAndTheWebSocketAreBoundToo() {
        String chat = chat();
        String messages = "/api/v1/chats/" + chat + "/messages/";
        String answer = api.post(messages, question("tokens-40", 100))
                .data()
                .path("assistant_message")
                .path("id")
                .asString();
        mayUse(Map.of("month_tokens", 10));

        assertExceeded(api.post(messages + answer + "/regenerate/"));
        try (LiveClient live = LiveClient.of(port, account)) {
            String client = UUID.randomUUID().toString();
            live.say(Map.of("type", "send", "chat_id", chat, "content", "More", "client_id", client));
            JsonNode error = live.until("error");
            assertThat(error.path("code").asString()).isEqualTo("QUOTA_EXCEEDED");
            assertThat(error.path("client_id").asString()).isEqualTo(client);
        }
        assertThat(api.get(messages).data().path("items").size()).isEqualTo(2);
    }

    /// Asks a model that says four words and waits, does something, and stops it.
    private void whileAnswering(String model, int maxTokens, Runnable work) {
        provider.on(model, (request, reply) -> {
            reply.stream().text("one two three four");
            reply.awaitHangUp();
        });
        String messages = messages();
        try (Stream stream = api.stream("POST", messages, question(model, maxTokens))) {
            String answer = stream.until("start")
                    .data()
                    .path("assistant_message")
                    .path("id")
                    .asString();
            stream.until("delta");
            work.run();
            api.post(messages + answer + "/stop/");
        }
    }

    private int longestAskedOf(String model) {
        return provider.questions(model).getFirst().json().path("max_tokens").asInt();
    }

    /// Of a model that nobody knows, the window is a guess: its provider is asked for all that somebody wants.
    @Test
    void asMuchIsHeldAsTheProviderIsAskedFor() {
        mayUse(Map.of("day_tokens", 200_000));
        whileAnswering("quota-long", 100_000, () -> {
            assertThat(longestAskedOf("quota-long")).isEqualTo(100_000);
            assertThat(held()).isBetween(100_001L, 100_050L);
        });
        assertThat(held()).isZero();
        mayUse(Map.of("day_tokens", 100_000));
        assertExceeded(api.post(messages(), question("quota-long", 100_000)));
    }

    /// Where it is known, the answer gets what the question leaves of it, which may be more than half.
    @Test
    void ofAWindowThatIsKnownNoMoreIsHeldThanItHas() {
        mayUse(Map.of("day_tokens", 8_300));
        whileAnswering("gpt-4-quota", 100_000, () -> {
            int asked = longestAskedOf("gpt-4-quota");
            assertThat(asked).isBetween(6_000, 8_192);
            assertThat(held()).isBetween(asked + 1L, asked + 50L);
        });
    }

    /// What the chat tells besides is known only when the prompt is made.
    @Test
    void aPromptThatIsLargerThanItSeemedIsNotSentEither() {
        String chat = chat();
        String messages = "/api/v1/chats/" + chat + "/messages/";
        api.patch("/api/v1/chats/" + chat + "/", Map.of("settings", Map.of("system_prompt", "be brief ".repeat(200))));
        mayUse(Map.of("day_tokens", 200));

        Answer refused = api.post(messages, question("quota-large", 100));

        assertExceeded(refused);
        assertThat(provider.questions("quota-large")).isEmpty();
        JsonNode kept = api.get(messages).data().path("items");
        assertThat(kept.size()).isEqualTo(2);
        assertThat(kept.path(1).path("status").asString()).isEqualTo("failed");
        assertThat(kept.path(1).path("metadata").path("error").path("code").asString())
                .isEqualTo("QUOTA_EXCEEDED");
        assertThat(today().path("tokens").asLong()).isZero();
        assertThat(held()).isZero();
    }

    @Test
    void whatTheProviderCountsIsWhatWasUsed() {
        mayUse(Map.of("day_tokens", 100_000, "month_cost", 5));
        assertThat(api.post(messages(), question("tokens-40", 1_000)).status()).isEqualTo(201);

        assertThat(today().path("tokens").asLong()).isEqualTo(47);
        // A million tokens read cost 1000, a million written 2000.
        assertThat(today().path("cost").asDouble()).isEqualTo(0.087);
        assertThat(held()).isZero();
        assertThat(operator.get(quota()).data().path("day").path("tokens").asLong())
                .isEqualTo(47);
        mayUse(Map.of("month_cost", 0.2));
        assertExceeded(api.post(messages(), question("tokens-40", 1_000)));
    }

    @Test
    void whatIsRefusedCostsNothingAndWhatIsStoppedCostsWhatCame() {
        mayUse(Map.of("day_tokens", 100_000));
        assertThat(api.post(messages(), question("status-401", 1_000)).status()).isEqualTo(502);
        assertThat(today().path("tokens").asLong()).isZero();
        assertThat(held()).isZero();

        whileAnswering("quota-stopped", 1_000, () -> assertThat(held()).isBetween(1_001L, 1_020L));
        // The question and its form, and four words.
        assertThat(today().path("tokens").asLong()).isBetween(8L, 16L);
        assertThat(held()).isZero();
    }

    @Test
    void whatIsDeletedWhileItIsWrittenHoldsNothing() {
        mayUse(Map.of("day_tokens", 100_000));
        provider.on("quota-deleted", (request, reply) -> {
            reply.stream().text("one two three four");
            reply.awaitHangUp();
        });
        String messages = messages();
        try (Stream stream = api.stream("POST", messages, question("quota-deleted", 1_000))) {
            String asked =
                    stream.until("start").data().path("user_message").path("id").asString();
            stream.until("delta");
            assertThat(api.delete(messages + asked + "/").status()).isEqualTo(200);
        }
        assertThat(held()).isZero();
    }

    @Test
    void theExportTellsWhatWasUsed() {
        api.post(messages(), question("tokens-40", 1_000));

        JsonNode usage = api.get("/api/v1/users/profile/export/").body().path("usage");

        assertThat(usage.size()).isEqualTo(1);
        assertThat(usage.path(0).path("model").asString()).isEqualTo("tokens-40");
        assertThat(usage.path(0).path("completion_tokens").asLong()).isEqualTo(40);
    }

    @Test
    void theOverviewTellsWhatTheInstanceUsed() {
        api.post(messages(), question("tokens-40", 1_000));

        for (Map.Entry<String, Integer> period :
                Map.of("hour", 12, "day", 24, "30d", 30).entrySet()) {
            JsonNode overview = operator.get("/api/v1/admin/overview?period=" + period.getKey())
                    .data();
            assertThat(overview.path("columns").size()).isEqualTo(period.getValue());
            assertThat(overview.path("now").path("answers").asLong()).isPositive();
            assertThat(overview.path("now").path("chats").asLong()).isPositive();
            assertThat(overview.path("priced").asBoolean()).isTrue();
        }
        assertThat(operator.get("/api/v1/admin/overview?period=year").status()).isEqualTo(400);
    }

    /// What all answers of a person, and those of many people, are counted in is nothing that a long one keeps.
    @Test
    void anEndThatTakesLongHoldsUpNoOther(@Autowired TransactionTemplate transaction) {
        CountDownLatch gate = new CountDownLatch(1);
        provider.on("long-end", (request, reply) -> {
            reply.stream().text("Yes");
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reply.finish("stop").usage(50, 10).done();
        });
        String other = messages();
        try (Stream slow = api.stream("POST", messages(), question("long-end", 100))) {
            UUID answer = UUID.fromString(slow.until("start")
                    .data()
                    .path("assistant_message")
                    .path("id")
                    .asString());
            slow.until("delta");
            transaction.executeWithoutResult(_ -> {
                int self = jdbc.sql("select pg_backend_pid() from message where id = :answer for update")
                        .param("answer", answer)
                        .query(Integer.class)
                        .single();
                gate.countDown();
                await().atMost(PATIENCE).until(() -> isWaitedFor(self));
                CompletableFuture<Answer> quick =
                        CompletableFuture.supplyAsync(() -> api.post(other, question("echo", 100)));
                await().atMost(PATIENCE).until(quick::isDone);
                assertThat(quick.join().status()).isEqualTo(201);
            });
            slow.until("done");
        }
    }

    private boolean isWaitedFor(int process) {
        return jdbc.sql("select exists (select from pg_stat_activity where :process = any(pg_blocking_pids(pid)))")
                .param("process", process)
                .query(Boolean.class)
                .single();
    }

    @Test
    void aQuotaIsChecked() {
        assertThat(operator.put(quota(), Map.of("day_tokens", -1)).fields().has("day_tokens"))
                .isTrue();
        assertThat(operator.put(quota(), Map.of("month_cost", 1e300)).status()).isEqualTo(422);
        assertThat(operator.get("/api/v1/admin/users/" + UUID.randomUUID() + "/quota/")
                        .status())
                .isEqualTo(404);
    }
}
