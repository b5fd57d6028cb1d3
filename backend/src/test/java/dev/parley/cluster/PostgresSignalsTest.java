package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.database.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresSignalsTest {
    private final TestDatabase database = TestDatabase.create();
    private final NodeSignals here = new NodeSignals(database.shared(), new NoRedis());
    private final NodeSignals there = new NodeSignals(database.shared(), new NoRedis());
    private final Heard heardHere = Heard.by(here);
    private final Heard heardThere = Heard.by(there);

    @BeforeEach
    void start() throws InterruptedException {
        here.start();
        there.start();
        // Whoever begins to listen may have missed something: from here on nothing is.
        heardHere.awaitGap();
        heardThere.awaitGap();
    }

    @AfterEach
    void close() {
        here.stop();
        there.stop();
        database.close();
    }

    @Test
    void newsIsHeardOnceOnEachNode() throws Exception {
        here.tell(Heard.TOPIC, "one");
        assertThat(heardHere.news).containsExactly("one");
        assertThat(heardThere.next()).isEqualTo("one");

        there.tell(Heard.TOPIC, "two");
        assertThat(heardHere.next()).isEqualTo("one");
        assertThat(heardHere.next()).isEqualTo("two");
        assertThat(heardThere.next()).isEqualTo("two");
        assertThat(heardHere.news).isEmpty();
        assertThat(heardThere.news).isEmpty();
    }

    @Test
    void whatANodeTellsComesBackToIt() {
        await().atMost(Duration.ofSeconds(30)).until(here::isHeard);
    }

    @Test
    void muchNewsIsHeardInOrder() throws Exception {
        List<String> told = IntStream.range(0, 5_000)
                .mapToObj(i -> i + " 0199d3a0-0000-7000-8000-000000000000")
                .toList();

        told.forEach(body -> here.tell(Heard.TOPIC, body));

        List<String> heard = new ArrayList<>();
        while (heard.size() < told.size()) {
            heard.add(heardThere.next());
        }
        assertThat(heard).isEqualTo(told);
    }

    @Test
    void whoLostHisConnectionIsToldThatHeMayHaveMissedSomething() throws Exception {
        cutAllConnectionsForNews();
        heardThere.awaitGap();

        here.tell(Heard.TOPIC, "after");

        assertThat(heardThere.next()).isEqualTo("after");
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheOthers() throws Exception {
        there.on("else", _ -> {
            throw new IllegalStateException("not today");
        });
        Heard other = new Heard();
        there.on("else", other.news::add);

        here.tell("else", "one");

        assertThat(other.next()).isEqualTo("one");
    }

    @Test
    void whatIsToldAtTheLastMomentIsStillCarried() throws Exception {
        here.tell(Heard.TOPIC, "good bye");
        here.stop();

        assertThat(heardThere.next()).isEqualTo("good bye");
    }

    private void cutAllConnectionsForNews() {
        database.jdbc().sql("""
                select pg_terminate_backend(pid, 5000)
                  from pg_stat_activity
                 where application_name in ('parley news', 'parley signals') and datname = current_database()
                """).query(Boolean.class).list();
    }
}
