package dev.parley.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import tools.jackson.databind.json.JsonMapper;

/// A longer run of what FaultTest does in order, in an order that a seed decides: `./parley bench chaos`.
///
/// In each round people ask, one to three things happen one after the other, and when all have read their answers to
/// the end, everything must be as it should.
@NullMarked
final class Chaos {
    private static final int ANSWERS = 50;
    private static final String MODEL = "tokens-200@15";
    private static final double FICKLE = 0.01;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final TwoNodes cluster;
    private final SplittableRandom random;
    private final Map<String, Integer> happened = new TreeMap<>();
    private final List<Map<String, Object>> rounds = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    private Chaos(TwoNodes cluster, long seed) {
        this.cluster = cluster;
        random = new SplittableRandom(seed);
    }

    /// One thing that happens.
    ///
    /// @param after how long after what was before
    /// @param during until it is over
    private record Plan(Fault fault, int node, Duration after, Duration during) {
        String words() {
            return "%s (node %d) after %.1f s for %.1f s"
                    .formatted(fault.words(), node, after.toMillis() / 1e3, during.toMillis() / 1e3);
        }
    }

    /// @param arguments minutes, seed, the file for the results
    public static void main(String[] arguments) throws IOException {
        Duration duration = Duration.ofMinutes(Long.parseLong(arguments[0]));
        long seed = Long.parseLong(arguments[1]);
        LoggingSystem.get(Chaos.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        Path directory = Files.createTempDirectory("parley-chaos");
        Map<String, String> settings = Map.of("PARLEY_DRAIN_SECONDS", "2");
        try (TwoNodes cluster = TwoNodes.start(directory, List.of(settings, settings), List.of(MODEL))) {
            Chaos chaos = new Chaos(cluster, seed);
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end) {
                chaos.round();
            }
            Files.writeString(Path.of(arguments[2]), JsonMapper.shared().writeValueAsString(chaos.results()));
        }
    }

    private void round() {
        List<Plan> plans = plans();
        List<Reader> readers = cluster.readers(ANSWERS, new Reader.Manner(MODEL, FICKLE), random.nextLong());
        readers.forEach(reader -> Thread.ofVirtual().start(reader));
        for (Plan plan : plans) {
            LockSupport.parkNanos(plan.after().toNanos());
            plan.fault().begin(cluster, plan.node());
            LockSupport.parkNanos(plan.during().toNanos());
            plan.fault().end(cluster, plan.node());
            happened.merge(plan.fault().words(), 1, Integer::sum);
        }
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (!readers.stream().allMatch(Reader::hasEnded) && System.nanoTime() < patience) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        readers.forEach(Reader::giveUp);
        report(plans, Invariants.of(cluster, cluster.healthy(), readers));
    }

    private List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Fault[] all = Fault.values();
            plans.add(new Plan(
                    all[random.nextInt(all.length)],
                    random.nextInt(2),
                    Duration.ofMillis(500 + random.nextInt(3_500)),
                    Duration.ofMillis(500 + random.nextInt(11_500))));
        }
        return plans;
    }

    private void report(List<Plan> plans, Invariants.Report report) {
        List<String> what = plans.stream().map(Plan::words).toList();
        System.err.printf("Round %d: %s%n", rounds.size() + 1, String.join(", then ", what));
        report.violations().forEach(violation -> System.err.println("VIOLATED: " + violation));
        violations.addAll(report.violations());
        rounds.add(Map.of(
                "happened", what,
                "answers", report.answers(),
                "complete", report.complete(),
                "anew", report.anew(),
                "resets", report.resets(),
                "joins", report.joins()));
    }

    private Map<String, Object> results() {
        return Map.of("rounds", rounds, "happened", happened, "violations", violations);
    }
}
