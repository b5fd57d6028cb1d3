package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.SettableClock;
import dev.parley.auth.AuthProperties.Registration;
import dev.parley.auth.SignIn.Application;
import dev.parley.cluster.TestCluster;
import dev.parley.database.TestDatabase;
import dev.parley.oidc.Identity;
import dev.parley.settings.Setting;
import dev.parley.shared.CommonError;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.EmailAddress;
import dev.parley.users.User;
import dev.parley.web.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class IdentitiesTest {
    private static final String PASSWORD = "seven green bottles";
    private static final Device HOME = new Device("192.0.2.1", "laptop");

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock();
    private final TransactionTemplate transactions =
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theFirstWhoComesIsStaffAndTheNextIsNot() {
        Node node = node(Registration.OPEN);

        assertThat(admitted(node, "ada@example.org").isStaff()).isTrue();
        assertThat(admitted(node, "bob@example.org").isStaff()).isFalse();
    }

    @Test
    void whereRegistrationIsClosedOnlyWhoHasAnAccountGetsInAndLosesNothing() {
        Node node = node(Registration.CLOSED);
        node.newAccounts.people(List.of("ada@example.org"), PASSWORD);

        assertThatThrownBy(() -> admitted(node, "bob@example.org"))
                .isInstanceOf(ParleyException.class)
                .extracting(failure -> ((ParleyException) failure).code())
                .isEqualTo(AuthError.REGISTRATION_CLOSED);
        assertThat(node.identities
                        .admit(who("ada@example.org"), "Campus", null, HOME)
                        .formerWaysEnded())
                .isFalse();
        assertThat(node.signIn.login("ada@example.org", PASSWORD, HOME).user().email())
                .isEqualTo("ada@example.org");
        node.hasher.destroy();
    }

    /// How an account came to be counts, and not what registration is when its owner comes.
    @Test
    void whatAStrangerMadeWhileThatWasOpenIsVoidWhenItIsClosedLongSince() {
        Node open = node(Registration.OPEN);
        open.newAccounts.superuser("ada@example.org", PASSWORD);
        UserId squatted = open.signIn
                .register(new Application("ceo@example.org", PASSWORD, null, null, null), HOME)
                .user()
                .id();
        Caller squatter = open.caller(squatted);
        open.keys.make(squatter, "for later", null, null);
        database.jdbc().sql("update account set is_staff = true").update();
        Node closed = node(Registration.CLOSED);

        assertThat(ended(closed, "ceo@example.org")).isTrue();
        assertThat(closed.passwords.isSet(squatted)).isFalse();
        assertThatThrownBy(() -> closed.keys.make(squatter, "for later", null, null))
                .hasMessage("This session has ended. Sign in again.");
        assertThat(closed.keys.list(squatted, new PageRequest(1, null)).items()).isEmpty();
        assertThat(ended(closed, "ada@example.org"))
                .as("made by who looks after the server")
                .isFalse();
        assertThat(closed.signIn.login("ada@example.org", PASSWORD, HOME).user().email())
                .isEqualTo("ada@example.org");
        open.hasher.destroy();
        closed.hasher.destroy();
    }

    @Test
    void onceItsOwnerHasComeNothingIsVoidAgain() {
        Node node = node(Registration.OPEN);
        for (String email : List.of("ada@example.org", "bob@example.org")) {
            if (email.startsWith("ada")) {
                node.signIn.register(new Application(email, PASSWORD, null, null, null), HOME);
            }
            UserId owner = admitted(node, email).id();
            node.passwords.set(owner, "a hash");
            Identity again = who("again " + email, email, true);

            assertThat(node.identities.admit(again, "Campus", null, HOME).formerWaysEnded())
                    .as(email)
                    .isFalse();
            assertThat(node.passwords.isSet(owner)).isTrue();
        }
        node.hasher.destroy();
    }

    @Test
    void anEmailThatNobodyHasConfirmedBeginsNoAccountEither() {
        Node node = new Node(
                database,
                clock,
                Registration.CLOSED,
                Registration.OPEN,
                database.jdbc(),
                Duration.ofMillis(300),
                TestCluster.alone());
        Identity claimed = who("a stranger", "ceo@example.org", false);

        assertThatThrownBy(() -> node.identities.admit(claimed, "Campus", null, HOME))
                .hasMessage(
                        "Campus has not confirmed that ceo@example.org is yours. Confirm it there, or sign in another"
                                + " way.")
                .extracting(failure -> ((ParleyException) failure).code())
                .isEqualTo(CommonError.CONFLICT);
        EmailAddress email = EmailAddress.parse("ceo@example.org").orElseThrow();
        assertThat(node.users.find(email)).isEmpty();

        User owner = admitted(node, "ceo@example.org");
        assertThatThrownBy(() -> node.identities.admit(claimed, "Campus", null, HOME))
                .as("the same where there is an account")
                .hasMessageStartingWith("Campus has not confirmed that ceo@example.org is yours.");
        assertThat(node.identities.list(owner.id())).hasSize(1);
    }

    @Test
    void theDoorOfTheProviderClosesWithTheOther() {
        Node node = node(Registration.OPEN);
        node.running.replace(Map.of(Setting.PARLEY_REGISTRATION, "closed"));

        assertThatThrownBy(() -> admitted(node, "ada@example.org"))
                .extracting(failure -> ((ParleyException) failure).code())
                .isEqualTo(AuthError.REGISTRATION_CLOSED);
        node.running.replace(Map.of());
        assertThat(admitted(node, "ada@example.org").email()).isEqualTo("ada@example.org");
    }

    @Test
    void namesThatAreTooLongHereAreLeftOut() {
        Node node = node(Registration.OPEN);
        Identity who = new Identity("https://id.example.org", "1", "ada@example.org", true, "A".repeat(500), "B", null);

        User user = user(node.identities.admit(who, "Campus", null, HOME).step());

        assertThat(user.firstName()).isEmpty();
        assertThat(user.email()).isEqualTo("ada@example.org");
    }

    /// Without a password there is nothing to verify again: the session is.
    @Test
    @Timeout(120)
    void whoWasSignedOutMeanwhileSetsNoPasswordAndDeletesNothing() throws Exception {
        Node node = node(Registration.OPEN);
        UserId owner = admitted(node, "ada@example.org").id();
        List<Consumer<Caller>> wishes = List.of(
                caller -> node.passwords.change(caller, null, "eight green bottles", HOME.ip()),
                caller -> node.passwords.deleteAccount(caller, null, HOME.ip()));
        for (Consumer<Caller> wish : wishes) {
            Caller caller = node.caller(owner);
            try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
                Future<?> under = Objects.requireNonNull(transactions.execute(_ -> {
                    node.users.lock(owner);
                    Future<?> begun = thread.submit(() -> wish.accept(caller));
                    awaitWaiting();
                    node.ways.end(owner, null);
                    return begun;
                }));
                assertThatThrownBy(under::get).hasRootCauseMessage("This session has ended. Sign in again.");
            }
        }
        assertThat(node.users.find(owner)).isPresent();
        assertThat(node.passwords.isSet(owner)).isFalse();
        node.hasher.destroy();
    }

    @Test
    @Timeout(120)
    void whoComesWhileTheirIdentityIsTakenAwayIsTurnedAway() throws Exception {
        Node node = node(Registration.OPEN);
        UserId owner = admitted(node, "ada@example.org").id();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> coming = Objects.requireNonNull(transactions.execute(_ -> {
                node.users.lock(owner);
                Future<?> begun = thread.submit(() -> admitted(node, "ada@example.org"));
                awaitWaiting();
                node.ways.end(owner, null);
                return begun;
            }));
            assertThatThrownBy(coming::get)
                    .rootCause()
                    .extracting(failure -> ((ParleyException) failure).code())
                    .isEqualTo(AuthError.TOKEN_EXPIRED);
        }
        assertThat(node.identities.list(owner)).isEmpty();
    }

    private void awaitWaiting() {
        JdbcClient watching = JdbcClient.create(database.unpooled());
        while (watching.sql("""
                        select count(*)
                          from pg_stat_activity
                         where datname = current_database() and wait_event_type = 'Lock'
                        """).query(Integer.class).single() == 0) {
            Thread.onSpinWait();
        }
    }

    private Node node(Registration registration) {
        return new Node(database, clock, registration, database.jdbc());
    }

    private static User admitted(Node node, String email) {
        return user(node.identities.admit(who(email), "Campus", null, HOME).step());
    }

    private static User user(SignIn.Step step) {
        assertThat(step).isInstanceOf(SignIn.Step.In.class);
        return ((SignIn.Step.In) step).entry().user();
    }

    private static boolean ended(Node node, String email) {
        return node.identities.admit(who(email), "Campus", null, HOME).formerWaysEnded();
    }

    private static Identity who(String email) {
        return who("subject of " + email, email, true);
    }

    private static Identity who(String subject, String email, boolean verified) {
        return new Identity("https://id.example.org", subject, email, verified, "", "", null);
    }
}
