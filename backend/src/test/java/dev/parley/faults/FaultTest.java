package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers in processes of their own, to which everything happens while they write.
@Tag("slow")
class FaultTest {
    private static final int ANSWERS = 50;
    private static final String MODEL = "tokens-150@15";
    private static final String LONG_MODEL = "tokens-900@15";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final double FICKLE = 0.01;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static TwoNodes cluster;

    @BeforeAll
    static void start() {
        cluster = TwoNodes.start(directory, Map.of("PARLEY_DRAIN_SECONDS", "1"), List.of(MODEL, LONG_MODEL));
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

    private static void until(Callable<Boolean> fact) {
        await().atMost(PATIENCE).until(fact);
    }

    private static Invariants.Report through(String what, List<Reader> readers) {
        until(() -> readers.stream().allMatch(Reader::hasEnded));
        Invariants.Report report = Invariants.of(cluster, cluster.signedIn(0), readers);
        System.out.printf(
                "%s: %d answers, %d complete, %d begun anew, %d resets, %d joins%n",
                what, report.answers(), report.complete(), report.anew(), report.resets(), report.joins());
        assertThat(report.violations()).isEmpty();
        return report;
    }

    private static int takenOver() {
        return cluster.database()
                .sql("select count(*) from answer_run where epoch > 0")
                .query(Integer.class)
                .single();
    }

    private static long of(int node, List<Reader> readers) {
        return readers.stream().filter(reader -> reader.writer() == node).count();
    }

    @Test
    void aNodeIsKilled() {
        List<Reader> readers = asked(MODEL);
        cluster.node(1).kill();
        until(() -> takenOver() > 0);
        cluster.restart(1);
        Invariants.Report report = through("killed", readers);
        assertThat(report.complete()).isEqualTo(ANSWERS);
        assertThat(report.anew()).isEqualTo((int) of(1, readers));
    }

    @Test
    void aNodeStandsStillUntilItsAnswersAreAnothers() {
        List<Reader> readers = asked(MODEL);
        cluster.node(1).pause();
        until(() -> takenOver() > 0);
        cluster.node(1).resume();
        Invariants.Report report = through("paused", readers);
        assertThat(report.complete()).isEqualTo(ANSWERS);
        assertThat(report.anew()).isPositive();
    }

    @Test
    void aNodeIsToldToStop() {
        List<Reader> readers = asked(LONG_MODEL.replace("900", "150"));
        cluster.node(1).terminate();
        cluster.node(1).awaitExit();
        cluster.restart(1);
        Invariants.Report report = through("drained", readers);
        assertThat(report.complete()).isEqualTo(ANSWERS);
        assertThat(report.anew()).isPositive();
    }

    @Test
    void theDatabaseIsAwayForAWhile() {
        List<Reader> readers = asked(MODEL);
        cluster.line(0).cut();
        cluster.line(1).cut();
        long begin = System.nanoTime();
        int before = readers.stream().mapToInt(Reader::deltas).sum();
        Api.Answer refused = cluster.signedIn(0)
                .post("/api/v1/chats/" + readers.getFirst().chat() + "/messages/", Map.of("content", "Now?"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
        until(() -> readers.stream().mapToInt(Reader::deltas).sum() > before + ANSWERS);
        LockSupport.parkNanos(begin + Duration.ofSeconds(8).toNanos() - System.nanoTime());
        cluster.line(0).mend();
        cluster.line(1).mend();
        Invariants.Report report = through("without a database", readers);
        assertThat(report.complete()).isEqualTo(ANSWERS);
        assertThat(report.anew()).isZero();
    }

    @Test
    void whoStopsAnAnswerElsewhereIsHeardAtOnce() {
        List<Reader> readers = asked(LONG_MODEL);
        long[] taken = new long[ANSWERS];
        for (int i = 0; i < ANSWERS; i++) {
            Reader reader = readers.get(i);
            long begin = System.nanoTime();
            cluster.signedIn(1 - reader.writer())
                    .post("/api/v1/chats/" + reader.chat() + "/messages/" + reader.answer() + "/stop/");
            until(reader::hasEnded);
            taken[i] = Duration.ofNanos(reader.endedAt() - begin).toMillis();
        }
        Arrays.sort(taken);
        System.out.printf(
                "stopped from another node: median %d ms, slowest %d ms%n", taken[ANSWERS / 2], taken[ANSWERS - 1]);
        through("stopped", readers);
        assertThat(taken[ANSWERS / 2]).isLessThan(1_000);
    }
}
