package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Quotas, where two servers in processes of their own ask for the same person at once, and one of them is killed.
@Tag("slow")
class QuotaFaultTest {
    private static final String MODEL = "quota-held";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonMapper JSON = JsonMapper.shared();

    /// A question needs this for its answer, and less than 40 for itself.
    private static final int LONGEST = 1_000;

    private static final int LIMIT = 10_700;
    /// How many fit into the limit, also when four have been answered.
    private static final int FIT = 10;
    /// What the provider counts for each answer.
    private static final int COUNTED = 60;

    private static final int STAYS = 0;
    private static final int DIES = 1;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TwoNodes cluster;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        Map<String, String> hasty = Map.of("PARLEY_DRAIN_SECONDS", "1");
        cluster = TwoNodes.start(directory, List.of(hasty, hasty), List.of(MODEL));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private record Person(Api.Account account, String key) {
        UUID id() {
            return UUID.fromString(account.id());
        }
    }

    /// With a limit that an operator set, and nothing that counts beside what they ask.
    private static Person person() {
        Api operator = cluster.healthy();
        Api anyone = cluster.api(STAYS);
        Api.Account account = anyone.register();
        Api api = anyone.as(account);
        assertThat(api.patch("/api/v1/users/profile/", Map.of("preferences", Map.of("memory_enabled", false)))
                        .status())
                .isEqualTo(200);
        assertThat(operator.put("/api/v1/admin/users/" + account.id() + "/quota/", Map.of("day_tokens", LIMIT))
                        .status())
                .isEqualTo(200);
        Api.Answer key = api.post("/api/v1/auth/keys/", Map.of("name", "a program"));
        return new Person(account, key.data().path("key").asString());
    }

    /// Until it is opened, no answer begins.
    private static CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        cluster.provider().on(MODEL, (_, reply) -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reply.stream().text("Yes").finish("stop").usage(50, 10).done();
        });
        return gate;
    }

    private static int askedOfTheProvider() {
        return cluster.provider().questions(MODEL).size();
    }

    private static void until(Callable<Boolean> fact) {
        await().atMost(PATIENCE).until(fact);
    }

    private static String chatOf(Person person) {
        return cluster.api(STAYS)
                .as(person.account())
                .post("/api/v1/chats/", Map.of())
                .data()
                .path("id")
                .asString();
    }

    private CompletableFuture<HttpResponse<String>> asks(Person person, int node, String chat) {
        return sent(
                node,
                "/api/v1/chats/" + chat + "/messages/",
                person.account().accessToken(),
                Map.of("content", "Q", "model", MODEL, "max_tokens", LONGEST));
    }

    private CompletableFuture<HttpResponse<String>> programAsks(Person person, int node) {
        Map<String, String> question = Map.of("role", "user", "content", "Q");
        return sent(
                node,
                "/v1/chat/completions",
                person.key(),
                Map.of("model", MODEL, "max_tokens", LONGEST, "messages", List.of(question)));
    }

    private CompletableFuture<HttpResponse<String>> sent(int node, String path, String token, Map<String, ?> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + cluster.port(node) + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /// What is held altogether, which is what a limit is compared with.
    private static long held(Person person) {
        return number(person, "select coalesce(sum(held_tokens), 0) from quota_use where owner_id = :owner");
    }

    private static long heldByEach(Person person) {
        return number(person, "select coalesce(sum(tokens), 0) from quota_hold where owner_id = :owner");
    }

    private static long holdsOfRuns(Person person) {
        return number(person, "select count(*) from quota_hold where owner_id = :owner and run_id is not null");
    }

    private static long holdsOfNodes(Person person) {
        return number(person, "select count(*) from quota_hold where owner_id = :owner and node_id is not null");
    }

    private static long used(Person person) {
        return number(person, "select coalesce(sum(day_tokens), 0) from quota_use where owner_id = :owner");
    }

    private static long number(Person person, String sql) {
        return cluster.database()
                .sql(sql)
                .param("owner", person.id())
                .query(Long.class)
                .single();
    }

    /// Asks 24 times at once, on both nodes, in chats and as a program, and says how many were let through.
    private long letThrough(Person person) {
        CountDownLatch gate = gate();
        int before = askedOfTheProvider();
        long usedBefore = used(person);
        List<Supplier<CompletableFuture<HttpResponse<String>>>> questions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int node = i % 2;
            String chat = chatOf(person);
            String another = chatOf(person);
            questions.add(() -> asks(person, node, chat));
            questions.add(() -> programAsks(person, node));
            questions.add(() -> asks(person, 1 - node, another));
        }
        List<CompletableFuture<HttpResponse<String>>> asked =
                questions.stream().map(Supplier::get).toList();
        try {
            until(() -> askedOfTheProvider()
                            - before
                            + asked.stream().filter(CompletableFuture::isDone).count()
                    == asked.size());
            assertThat(held(person)).isEqualTo(heldByEach(person)).isLessThanOrEqualTo(LIMIT - usedBefore);
        } finally {
            gate.countDown();
        }
        List<HttpResponse<String>> answers = asked.stream()
                .map(answer ->
                        answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .toList();
        assertThat(answers).filteredOn(answer -> answer.statusCode() / 100 != 2).allSatisfy(refused -> {
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        });
        long through = answers.stream()
                .filter(answer -> answer.statusCode() / 100 == 2)
                .count();
        assertThat(askedOfTheProvider() - before).isEqualTo((int) through);
        until(() -> used(person) == usedBefore + through * COUNTED);
        assertNothingIsHeld(person);
        return through;
    }

    private static void assertNothingIsHeld(Person person) {
        until(() -> held(person) == 0 && heldByEach(person) == 0);
    }

    @Test
    void ofWhatIsAskedOnBothNodesAtOnceExactlyAsMuchAsFitsIsLetThrough() {
        assertThat(letThrough(person())).isEqualTo(FIT);
    }

    @Test
    void whatAKilledNodeHeldGoesToItsHeirOrIsFreeAndNothingStaysHeld() {
        Person person = person();
        CountDownLatch gate = gate();
        int before = askedOfTheProvider();
        String staying = chatOf(person);
        List<String> inherited = List.of(chatOf(person), chatOf(person), chatOf(person));
        try {
            CompletableFuture<HttpResponse<String>> stays = asks(person, STAYS, staying);
            List<CompletableFuture<HttpResponse<String>>> lost = new ArrayList<>();
            for (String chat : inherited) {
                lost.add(asks(person, DIES, chat));
                lost.add(programAsks(person, DIES));
            }
            until(() -> askedOfTheProvider() - before == 7);
            assertThat(holdsOfRuns(person)).isEqualTo(4);
            assertThat(holdsOfNodes(person)).isEqualTo(3);

            Fault.KILLED.begin(cluster, DIES);

            until(() -> lost.stream().allMatch(CompletableFuture::isCompletedExceptionally));
            // The answers are begun anew, each with what was held for it; no program waits for the others any more.
            until(() -> askedOfTheProvider() - before == 7 + inherited.size());
            until(() -> holdsOfNodes(person) == 0);
            assertThat(holdsOfRuns(person)).isEqualTo(4);
            assertThat(held(person)).isEqualTo(heldByEach(person)).isBetween(4L * LONGEST, 4L * (LONGEST + 40));
            gate.countDown();
            assertThat(stays.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join()
                            .statusCode())
                    .isEqualTo(201);
        } finally {
            gate.countDown();
            Fault.KILLED.end(cluster, DIES);
        }
        // What the killed node was told is lost, and costs nothing.
        until(() -> used(person) == 4 * COUNTED);
        assertNothingIsHeld(person);
        cluster.healthy();
        assertThat(letThrough(person)).as("of what is left").isEqualTo(FIT);
    }
}
