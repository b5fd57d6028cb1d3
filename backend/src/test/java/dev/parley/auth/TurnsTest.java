package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TurnsTest {
    private final Turns turns = new Turns(1, 2);
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void theOwnerOvertakesStrangersWhoWereThereBefore() throws Exception {
        Turns.Turn current = turns.take(stranger("a"));
        List<Future<?>> all = List.of(
                waiting("b", stranger("b"), 1),
                waiting("c", stranger("c"), 2),
                waiting("owner", Standing.device("home", "ada@example.org", "laptop"), 3));

        current.close();
        for (Future<?> each : all) {
            each.get();
        }

        assertThat(order).containsExactly("owner", "b", "c");
    }

    @Test
    void whoFindsTheLineFullIsToldToComeBack() throws Exception {
        Turns.Turn current = turns.take(stranger("a"));
        Future<?> b = waiting("b", stranger("b"), 1);
        Future<?> c = waiting("c", stranger("c"), 2);

        assertBusy(() -> turns.take(stranger("d")));
        current.close();
        b.get();
        c.get();
        assertThat(order).containsExactly("b", "c");
    }

    @Test
    void whoGivesWayIsToldToo() throws Exception {
        Turns.Turn current = turns.take(stranger("a"));
        Future<?> first = waiting("b1", stranger("b"), 1);
        Future<?> second = waiting("b2", stranger("b"), 2);
        Future<?> other = threads.submit(() -> turn("c", stranger("c")));

        assertThatThrownBy(second::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .satisfies(TurnsTest::isBusy);
        current.close();
        first.get();
        other.get();
        assertThat(order).containsExactly("b1", "c");
    }

    @Test
    void whoIsInterruptedLeavesNoGap() throws Exception {
        Turns.Turn current = turns.take(stranger("a"));
        Future<?> gone = waiting("b", stranger("b"), 1);
        Future<?> next = waiting("c", stranger("c"), 2);

        gone.cancel(true);
        awaitWaiting(1);
        current.close();
        next.get();
        // Its end has made the turn free.
        turns.take(stranger("d")).close();
        assertThat(order).containsExactly("c");
    }

    @Test
    void aTurnEndsOnce() throws Exception {
        Turns.Turn current = turns.take(stranger("a"));
        current.close();
        current.close();
        Turns.Turn next = turns.take(stranger("b"));
        Future<?> waits = waiting("c", stranger("c"), 1);

        next.close();
        waits.get();
        assertThat(order).containsExactly("c");
    }

    /// @param nth how many wait then
    private Future<?> waiting(String name, Standing standing, int nth) {
        Future<?> waiting = threads.submit(() -> turn(name, standing));
        awaitWaiting(nth);
        return waiting;
    }

    private void turn(String name, Standing standing) {
        try (Turns.Turn _ = turns.take(standing)) {
            order.add(name);
        }
    }

    private void awaitWaiting(int count) {
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> turns.waiting() == count);
    }

    private static Standing stranger(String network) {
        return Standing.network(network, false);
    }

    private static void assertBusy(Runnable take) {
        assertThatThrownBy(take::run).satisfies(TurnsTest::isBusy);
    }

    private static void isBusy(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(ParleyException.class, e -> {
            assertThat(e.code()).isEqualTo(CommonError.SERVICE_UNAVAILABLE);
            assertThat(e.details()).containsKey("retry_after");
        });
    }
}
