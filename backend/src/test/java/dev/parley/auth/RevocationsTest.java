package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.SettableClock;
import dev.parley.auth.SignIn.Application;
import dev.parley.cluster.Signals;
import dev.parley.cluster.TestCluster;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class RevocationsTest {
    private static final Device LAPTOP = new Device("192.0.2.1", "laptop");

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock();
    private final Node here = new Node(database, clock);
    private final Node there = new Node(database, clock);

    @AfterEach
    void close() {
        there.revocations.stop();
        database.close();
    }

    @Test
    void anEndIsKnownHereAtOnceAndThereWhenItAsks() {
        UUID session = signIn();
        here.sessions.end(session);

        assertThat(here.revocations.isEnded(session)).isTrue();
        assertThat(here.heardOf).containsExactly(session);
        assertThat(there.revocations.isEnded(session)).isFalse();

        there.revocations.ask();

        assertThat(there.revocations.isEnded(session)).isTrue();
    }

    @Test
    void everyNodeTellsOfAnEndOnce() {
        UUID session = signIn();
        here.sessions.end(session);
        here.sessions.end(session);
        for (int i = 0; i < 3; i++) {
            here.revocations.ask();
            there.revocations.ask();
        }

        assertThat(here.heardOf).containsExactly(session);
        assertThat(there.heardOf).containsExactly(session);
    }

    @Test
    void anotherNodeKnowsWithinASecond() {
        there.revocations.start();
        UUID session = signIn();

        here.sessions.end(session);

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> there.revocations.isEnded(session));
    }

    @Test
    void anotherNodeIsToldToAsk() {
        Signals signals = TestCluster.alone();
        Node told = new Node(
                database, clock, AuthProperties.Registration.OPEN, database.jdbc(), Duration.ofHours(1), signals);
        Node telling = new Node(
                database, clock, AuthProperties.Registration.OPEN, database.jdbc(), Duration.ofHours(1), signals);
        told.revocations.start();
        UUID session = signIn();

        telling.sessions.end(session);

        await().until(() -> told.heardOf.contains(session));
        told.revocations.stop();
    }

    @Test
    void everyNodeHearsOfKeysThatAreDeletedOrExpireAndOfTheAccountThatIsClosed() {
        UserId owner = here.signIn
                .register(new Application("ada@example.org", "seven green bottles", null, null, null), LAPTOP)
                .user()
                .id();
        Caller caller = here.caller(owner);
        UUID deleted = key(caller);
        UUID expired = key(caller);
        UUID closed = key(caller);
        here.keys.delete(deleted, owner);
        database.jdbc()
                .sql("update api_key set expires_at = clock_timestamp() where id = :id")
                .param("id", expired)
                .update();

        there.revocations.ask();

        assertThat(there.heardOf).containsExactlyInAnyOrder(deleted, expired);

        here.users.deactivate(owner);
        there.revocations.ask();

        assertThat(there.heardOf).contains(closed);
        assertThatThrownBy(() -> key(caller)).isInstanceOf(ParleyException.class);
    }

    @Test
    void everyNodeHearsOfEachEndOfAKey() {
        UserId owner = here.signIn
                .register(new Application("ada@example.org", "seven green bottles", null, null, null), LAPTOP)
                .user()
                .id();
        UUID key = key(here.caller(owner));
        for (int i = 0; i < 2; i++) {
            here.users.deactivate(owner);
            for (int asked = 0; asked < 2; asked++) {
                here.revocations.ask();
                there.revocations.ask();
            }
            database.jdbc()
                    .sql("update account set is_active = true where id = :id")
                    .param("id", owner.value())
                    .update();
        }

        assertThat(here.heardOf).filteredOn(key::equals).hasSize(2);
        assertThat(there.heardOf).filteredOn(key::equals).hasSize(2);
    }

    private UUID key(Caller owner) {
        return here.keys.make(owner, "a program", null, null).key().id();
    }

    @Test
    void aNodeThatStartsKnowsWhatEndedWhileTokensCouldStillBeGood() {
        UUID recent = signIn();
        UUID old = signIn();
        here.sessions.end(recent);
        here.sessions.end(old);
        database.jdbc()
                .sql("update session set ended_at = ended_at - interval '29 minutes' where id = :id")
                .param("id", recent)
                .update();
        database.jdbc()
                .sql("update session set ended_at = ended_at - interval '31 minutes' where id = :id")
                .param("id", old)
                .update();

        there.revocations.start();

        assertThat(there.revocations.isEnded(recent)).isTrue();
        assertThat(there.revocations.isEnded(old)).isFalse();
        assertThat(there.heardOf).isEmpty();
    }

    @Test
    void withoutAnswersForASecondEachRequestAsks() {
        UUID ended = signIn();
        UUID open = signIn();
        here.sessions.end(ended);
        assertThat(there.revocations.isEnded(ended)).isFalse();

        there.nanoTime.addAndGet(Duration.ofMillis(1001).toNanos());

        assertThat(there.revocations.isEnded(ended)).isTrue();
        assertThat(there.revocations.isEnded(open)).isFalse();
        assertThat(there.revocations.isEnded(Ids.next())).isTrue();
    }

    @Test
    void afterAnOutageWhatEndedMeanwhileIsAskedForToo() {
        UUID session = signIn();
        here.sessions.end(session);
        database.jdbc()
                .sql("update session set ended_at = ended_at - interval '2 minutes' where id = :id")
                .param("id", session)
                .update();
        there.nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());

        there.revocations.ask();

        assertThat(there.heardOf).containsExactly(session);
    }

    @Test
    void anOutageOfItsOwnConnectionOpensNothing() throws Exception {
        SingleConnectionDataSource own =
                new SingleConnectionDataSource(database.dataSource().getConnection(), true);
        Node cut = new Node(database, clock, AuthProperties.Registration.OPEN, JdbcClient.create(own));
        UUID session = signIn();
        cut.revocations.ask();
        int backend = JdbcClient.create(own)
                .sql("select pg_backend_pid()")
                .query(Integer.class)
                .single();
        database.jdbc()
                .sql("select pg_terminate_backend(:pid, 5000)")
                .param("pid", backend)
                .query(Boolean.class)
                .single();
        here.sessions.end(session);
        assertThatThrownBy(cut.revocations::ask).isInstanceOf(DataAccessException.class);

        cut.nanoTime.addAndGet(Duration.ofMillis(1001).toNanos());

        assertThat(cut.revocations.isEnded(session)).isTrue();
    }

    private UUID signIn() {
        SignIn.Entry entry = here.signIn.register(
                new Application("user" + Ids.next() + "@example.org", "seven green bottles", null, null, null), LAPTOP);
        return here.sessions
                .open(entry.user().id(), new PageRequest(1, null))
                .items()
                .getFirst()
                .id();
    }
}
