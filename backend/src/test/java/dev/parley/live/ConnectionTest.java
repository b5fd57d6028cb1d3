package dev.parley.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

@Timeout(60)
class ConnectionTest {
    static final LiveProperties PROPERTIES = new LiveProperties(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            DataSize.ofKilobytes(256),
            DataSize.ofBytes(1_000),
            2,
            2,
            2,
            10);

    private final PretendedLine line = new PretendedLine();
    private final List<String> received = new ArrayList<>();
    private final List<Connection> left = new ArrayList<>();
    private long now = 4_711;
    private final Connection connection = connection(true);

    private Connection connection(boolean limited) {
        return new Connection("test", line, PROPERTIES, limited, () -> now, new Connection.Desk() {
            @Override
            public void receive(Connection from, String frame) {
                received.add(frame);
            }

            @Override
            public void leave(Connection leaving) {
                left.add(leaving);
            }

            @Override
            public void forget(Connection gone) {}
        });
    }

    private void identify() {
        connection.identify(new Caller(new UserId(Ids.next()), Ids.next()));
    }

    private void pass(Duration time) {
        now += time.toNanos();
        connection.beat();
    }

    private int closedWith() {
        Closing closing = line.closing();
        return closing == null ? 0 : closing.code();
    }

    @Test
    void whoDoesNotSayWhoHeIsIsClosed() {
        pass(Duration.ofMillis(4_999));
        assertThat(closedWith()).isZero();
        pass(Duration.ofMillis(1));
        assertThat(closedWith()).isEqualTo(4401);
        assertThat(left).containsOnly(connection);
    }

    @Test
    void whoAnswersPingsStays() {
        identify();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(30));
            connection.hasAnswered();
        }
        assertThat(line.pings()).isEqualTo(10);
        assertThat(closedWith()).isZero();
    }

    @Test
    void whoAnswersNothingForTwoPeriodsIsClosed() {
        identify();
        pass(Duration.ofSeconds(30));
        pass(Duration.ofSeconds(30));
        assertThat(closedWith()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(closedWith()).isEqualTo(4408);
    }

    @Test
    void whoDoesNotLeaveIsCutOff() {
        connection.close(Closing.SESSION_ENDED);
        connection.close(Closing.TOO_SLOW);
        assertThat(closedWith()).isEqualTo(4401);
        pass(Duration.ofSeconds(30));
        assertThat(line.isCut()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(line.isCut()).isTrue();
    }

    @Test
    void aClosedConnectionHearsAndSaysNothing() {
        connection.close(Closing.SESSION_ENDED);
        connection.receive("{}");
        connection.post("news");
        assertThat(received).isEmpty();
        assertThat(line.sent).isEmpty();
    }

    @Test
    void newsWaitsForTheReader() throws InterruptedException {
        line.stopReading();
        connection.post("one");
        connection.post("two");
        line.read();
        assertThat(line.awaitSent(2)).containsExactly("one", "two");
        connection.post("three");
        assertThat(line.awaitSent(3)).endsWith("three");
    }

    @Test
    void ofNewsOnlySoMuchWaits() throws InterruptedException {
        line.stopReading();
        connection.post("x".repeat(500));
        line.awaitWriter();
        connection.post("x".repeat(1_000));
        assertThat(closedWith()).isZero();
        connection.post("x");
        assertThat(closedWith()).isEqualTo(4408);
        line.read();
        assertThat(line.awaitSent(1)).hasSize(1);
    }

    @Test
    void framesAreCountedUnlessLimitsAreOff() {
        int allowed = 0;
        while (allowed < 1_000 && connection.mayAsk()) {
            allowed++;
        }
        // As many as at once, and those that the time of counting adds.
        assertThat(allowed).isBetween(40, 999);
        Connection free = connection(false);
        for (int i = 0; i < 1_000; i++) {
            assertThat(free.mayAsk()).isTrue();
        }
    }

    @Test
    void notEveryKeyIsTold() {
        assertThat(connection.mayType()).isTrue();
        assertThat(connection.mayType()).isFalse();
        now += Duration.ofSeconds(1).toNanos();
        assertThat(connection.mayType()).isTrue();
    }
}
