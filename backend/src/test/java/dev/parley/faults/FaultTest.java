package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers in processes of their own, to which everything happens while they write.
@Tag("slow")
class FaultTest {
    private static final int ANSWERS = 50;
    private static final String MODEL = "tokens-120@12";
    private static final String LONG_MODEL = "tokens-900@12";
    private static final String HELD = "held";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double FICKLE = 0.01;

    /// Has the time to let all its answers end when it is told to stop; the other has not.
    private static final int PATIENT = 0;

    private static final int HASTY = 1;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TwoNodes cluster;

    @BeforeAll
    static void start() {
        cluster = TwoNodes.start(
                directory,
                List.of(Map.of("PARLEY_DRAIN_SECONDS", "300"), Map.of("PARLEY_DRAIN_SECONDS", "1")),
                List.of(MODEL, LONG_MODEL, HELD));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /// Asks, and waits until every answer has begun.
    private static List<Reader> asked(String model) {
        List<Reader> readers = cluster.readers(ANSWERS, new Reader.Manner(model, FICKLE), model.hashCode());
        readers.forEach(reader -> Thread.ofVirtual().start(reader));
        until(() -> readers.stream().allMatch(Reader::hasBegun));
        return readers;
    }

    private static String newChat(Api api) {
        return api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
    }

    private static Api.Answer asked(Api api, String chat) {
        return api.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", "Now?", "model", MODEL));
    }

    private static void until(Callable<Boolean> fact) {
        await().atMost(PATIENCE).until(fact);
    }

    /// Waits until every reader knows the end, and looks whether all is as it must be.
    private static Invariants.Report through(Fault what, List<Reader> readers) {
        until(() -> readers.stream().allMatch(Reader::hasEnded));
        Invariants.Report report = Invariants.of(cluster, cluster.healthy(), readers);
        System.out.printf(
                "%s: %d answers, %d complete, %d begun anew, %d resets, %d joins%n",
                what.words(), report.answers(), report.complete(), report.anew(), report.resets(), report.joins());
        assertThat(report.violations()).isEmpty();
        assertThat(report.complete()).isEqualTo(ANSWERS);
        return report;
    }

    private static int takenOver() {
        return cluster.database()
                .sql("select count(*) from answer_run where epoch > 0")
                .query(Integer.class)
                .single();
    }

    private static int told(List<Reader> readers) {
        return readers.stream().mapToInt(Reader::deltas).sum();
    }

    private static void untilMoreIsTold(List<Reader> readers) {
        int before = told(readers);
        until(() -> told(readers) > before + ANSWERS);
    }

    private static int of(int node, List<Reader> readers) {
        return (int) readers.stream().filter(reader -> reader.writer() == node).count();
    }

    /// As all servers that are told nothing else.
    @Test
    void operatorsReadNoChats() {
        Api operator = cluster.healthy();
        String chat = newChat(operator);
        for (String path : List.of("chats/" + chat, "chats/" + chat + "/messages", "users/" + chat + "/chats")) {
            Api.Answer refused = operator.get("/api/v1/admin/" + path);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.body().path("error").path("message").asString()).contains("PARLEY_ADMIN_CHAT_ACCESS");
        }
        assertThat(operator.get("/api/v1/auth/entrance")
                        .data()
                        .path("operators_read_chats")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void aNodeIsKilled() {
        List<Reader> readers = asked(MODEL);
        Fault.KILLED.begin(cluster, HASTY);
        until(() -> takenOver() > 0);
        Fault.KILLED.end(cluster, HASTY);
        assertThat(through(Fault.KILLED, readers).anew()).isEqualTo(of(HASTY, readers));
    }

    @Test
    void aNodeStandsStillUntilItsAnswersAreAnothers() {
        List<Reader> readers = asked(MODEL);
        Fault.PAUSED.begin(cluster, HASTY);
        until(() -> takenOver() > 0);
        Fault.PAUSED.end(cluster, HASTY);
        assertThat(through(Fault.PAUSED, readers).anew()).isPositive();
    }

    @Test
    void aNodeThatStopsHandsOverWhatIsUnfinished() {
        List<Reader> readers = asked(MODEL);
        Fault.TOLD_TO_STOP.begin(cluster, HASTY);
        Fault.TOLD_TO_STOP.end(cluster, HASTY);
        assertThat(through(Fault.TOLD_TO_STOP, readers).anew()).isPositive();
    }

    @Test
    void aNodeThatStopsBeginsNothingAndLetsAnswersEnd() {
        CountDownLatch gate = new CountDownLatch(1);
        cluster.provider().on(HELD, (_, reply) -> {
            reply.stream().text("first words");
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            reply.text(" and the rest").finish("stop").done();
        });
        List<Reader> readers = asked(HELD);
        // Of the other node's answers its listeners are let go, and ask there.
        Reader held = readers.stream()
                .filter(reader -> reader.writer() == PATIENT)
                .findFirst()
                .orElseThrow();
        Api api = cluster.signedIn(PATIENT);
        Fault.TOLD_TO_STOP.begin(cluster, PATIENT);
        until(() -> api.get("/health/ready").status() == 503);

        // A chat for each attempt: what comes just before the node begins to stop is still taken.
        until(() -> asked(api, newChat(api)).status() == 503);
        String free = newChat(api);
        Api.Answer refused = asked(api, free);
        assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(api.get("/api/v1/chats/" + free + "/messages/").data().path("items"))
                .isEmpty();
        String answer = "/api/v1/chats/" + held.chat() + "/messages/" + held.answer();
        try (Stream joined = api.stream("GET", answer + "/stream/", null)) {
            assertThat(joined.until("delta").data().path("text").asString()).isEqualTo("first words");
            gate.countDown();
            joined.until("done");
        }
        Fault.TOLD_TO_STOP.end(cluster, PATIENT);
        assertThat(through(Fault.TOLD_TO_STOP, readers).anew()).isZero();
    }

    @Test
    void theDatabaseIsAwayForAWhile() {
        List<Reader> readers = asked(MODEL);
        Api api = cluster.signedIn(PATIENT);
        String free = newChat(api);
        Fault.WITHOUT_DATABASE.begin(cluster, PATIENT);
        Api.Answer refused = asked(api, free);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
        untilMoreIsTold(readers);
        await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
        Fault.WITHOUT_DATABASE.end(cluster, PATIENT);
        assertThat(through(Fault.WITHOUT_DATABASE, readers).anew()).isZero();
        assertThat(api.get("/api/v1/chats/" + free + "/messages/").data().path("items"))
                .isEmpty();
    }

    @Test
    void redisDiesHangsAndComesBackEmpty() {
        List<Reader> readers = asked(MODEL);
        Fault.WITHOUT_REDIS.begin(cluster, PATIENT);
        untilMoreIsTold(readers);
        Fault.WITHOUT_REDIS.end(cluster, PATIENT);
        untilMoreIsTold(readers);
        Fault.REDIS_HANGS.begin(cluster, PATIENT);
        untilMoreIsTold(readers);
        Fault.REDIS_HANGS.end(cluster, PATIENT);
        Fault.REDIS_EMPTIED.begin(cluster, PATIENT);
        assertThat(through(Fault.WITHOUT_REDIS, readers).anew()).isZero();
    }

    @Test
    void whoStopsAnAnswerElsewhereIsHeardAtOnce() {
        List<Reader> readers = asked(LONG_MODEL);
        long[] taken = new long[ANSWERS];
        for (int i = 0; i < ANSWERS; i++) {
            Reader reader = readers.get(i);
            long begin = System.nanoTime();
            Api.Answer stopped = cluster.signedIn(1 - reader.writer())
                    .post("/api/v1/chats/" + reader.chat() + "/messages/" + reader.answer() + "/stop/");
            assertThat(stopped.data().path("status").asString()).isEqualTo("stopped");
            until(reader::hasEnded);
            taken[i] = Duration.ofNanos(reader.endedAt() - begin).toMillis();
        }
        Arrays.sort(taken);
        System.out.printf("stopped elsewhere: median %d ms, slowest %d ms%n", taken[ANSWERS / 2], taken[ANSWERS - 1]);
        Invariants.Report report = Invariants.of(cluster, cluster.healthy(), readers);
        assertThat(report.violations()).isEmpty();
        assertThat(report.anew()).isZero();
        assertThat(taken[ANSWERS / 2]).isLessThan(1_000);
    }
}
