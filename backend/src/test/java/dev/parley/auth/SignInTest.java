package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.SettableClock;
import dev.parley.auth.SignIn.Application;
import dev.parley.auth.SignIn.Entry;
import dev.parley.database.TestDatabase;
import dev.parley.shared.CommonError;
import dev.parley.shared.ErrorCode;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.SignOutEverywhere;
import dev.parley.users.UserError;
import dev.parley.web.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class SignInTest {
    private static final String PASSWORD = "seven green bottles";
    private static final Device LAPTOP = new Device("192.0.2.1", "laptop");
    private static final Device PHONE = new Device("192.0.2.2", "phone");

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock();
    private final Node node = new Node(database, clock);

    @AfterEach
    void close() {
        node.hasher.destroy();
        database.close();
    }

    @Test
    void ofManyWhoRegisterAtOnceExactlyOneIsTheFirst() throws Exception {
        List<Result<Entry>> results = new ArrayList<>();
        List<Callable<Entry>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String email = "user" + i + "@example.org";
            all.add(() -> register(email, null));
        }
        results.addAll(atOnce(all));

        assertThat(results).extracting(Result::failure).containsOnlyNulls();
        assertThat(results)
                .filteredOn(result -> result.value().user().isStaff())
                .hasSize(1);
    }

    @Test
    void anEmailIsGivenOnce() throws Exception {
        List<Result<Entry>> results =
                atOnce(List.of(() -> register("ada@example.org", null), () -> register("ADA@example.org", null)));

        assertThat(results).filteredOn(result -> result.failure() == null).hasSize(1);
        assertThat(results).extracting(Result::failure).containsOnlyOnce(UserError.EMAIL_TAKEN);
    }

    @Test
    void aUsernameIsGivenOnce() throws Exception {
        List<Result<Entry>> results =
                atOnce(List.of(() -> register("ada@example.org", "ada"), () -> register("bob@example.org", "Ada")));

        assertThat(results).filteredOn(result -> result.failure() == null).hasSize(1);
        assertThat(results).extracting(Result::failure).containsOnlyOnce(UserError.USERNAME_TAKEN);
    }

    @Test
    void namesMadeAtOnceDiffer() throws Exception {
        List<Result<Entry>> results =
                atOnce(List.of(() -> register("ada@example.org", null), () -> register("ada@example.net", null)));

        assertThat(results)
                .extracting(result -> result.value().user().username())
                .doesNotHaveDuplicates();
    }

    @Test
    void closedRegistrationIsClosedToTheFirstToo() {
        Node closed = new Node(database, clock, AuthProperties.Registration.CLOSED, database.jdbc());

        assertRefused(
                AuthError.REGISTRATION_CLOSED,
                () -> closed.signIn.register(new Application("ada@example.org", PASSWORD, null, null, null), LAPTOP));
        assertThat(closed.newAccounts.superuser("ada@example.org", PASSWORD).isStaff())
                .isTrue();
        assertThat(closed.signIn
                        .login("ada@example.org", PASSWORD, LAPTOP)
                        .user()
                        .isStaff())
                .isTrue();
    }

    @RepeatedTest(5)
    void ofTwoThatPresentOneRefreshTokenAtOnceExactlyOneGetsANewOneAndTheSessionEnds() throws Exception {
        Entry entry = register("ada@example.org", null);

        List<Result<Entry>> results = atOnce(List.of(
                () -> node.signIn.refresh(entry.refreshToken(), LAPTOP),
                () -> node.signIn.refresh(entry.refreshToken(), PHONE)));

        assertThat(results).extracting(Result::failure).containsExactlyInAnyOrder(null, AuthError.TOKEN_REVOKED);
        OpaqueToken successor = results.stream()
                .filter(result -> result.failure() == null)
                .findFirst()
                .orElseThrow()
                .value()
                .refreshToken();
        assertRefused(AuthError.TOKEN_REVOKED, () -> node.signIn.refresh(successor, LAPTOP));
    }

    @RepeatedTest(5)
    void aSessionThatEndsWhileItIsRefreshedStaysEnded() throws Exception {
        Entry entry = register("ada@example.org", null);
        UUID session = onlySession(entry.user().id());

        List<Result<OpaqueToken>> results = atOnce(
                List.of(() -> node.signIn.refresh(entry.refreshToken(), LAPTOP).refreshToken(), () -> {
                    node.sessions.end(session);
                    return entry.refreshToken();
                }));

        assertThat(node.sessionRows.isOpen(session)).isFalse();
        for (Result<OpaqueToken> result : results) {
            OpaqueToken token = result.found();
            if (token != null) {
                assertRefused(AuthError.TOKEN_REVOKED, () -> node.signIn.refresh(token, LAPTOP));
            }
        }
    }

    @Test
    void aDeviceThatIsUsedStaysSignedInAndOneThatIsNotDoesNot() {
        Entry used = register("ada@example.org", null);
        Entry unused = node.signIn.login("ada@example.org", PASSWORD, PHONE);
        clock.pass(Node.REFRESH_LIFETIME.minusSeconds(1));
        Entry refreshed = node.signIn.refresh(used.refreshToken(), LAPTOP);

        clock.pass(Duration.ofSeconds(1));

        assertRefused(AuthError.TOKEN_EXPIRED, () -> node.signIn.refresh(unused.refreshToken(), PHONE));
        assertThat(node.signIn.refresh(refreshed.refreshToken(), LAPTOP).user().id())
                .isEqualTo(used.user().id());
        assertThat(openSessions(used.user().id()))
                .extracting(Session::userAgent)
                .containsExactly("laptop");
    }

    @Test
    void onlyHashesOfTokensAreStored() {
        Entry entry = register("ada@example.org", null);

        assertThat(database.jdbc()
                        .sql("select count(*) from refresh_token where hash = sha256(:token::bytea)")
                        .param("token", entry.refreshToken().text())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void sessionsAreForgottenOnlyWhenNobodyCanComeBackToThem() {
        Entry entry = register("ada@example.org", null);
        clock.pass(Node.REFRESH_LIFETIME.plusDays(1));
        node.sessionRows.purge(clock.instant().minus(Node.REFRESH_LIFETIME));
        assertRefused(AuthError.TOKEN_EXPIRED, () -> node.signIn.refresh(entry.refreshToken(), LAPTOP));

        clock.pass(Node.REFRESH_LIFETIME);
        node.sessionRows.purge(clock.instant().minus(Node.REFRESH_LIFETIME));

        assertThat(database.jdbc()
                        .sql("select (select count(*) from session) + (select count(*) from refresh_token)")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whoIsDeactivatedIsOutAndDoesNotGetIn() {
        Entry entry = register("ada@example.org", null);
        UUID session = onlySession(entry.user().id());

        node.users.deactivate(entry.user().id());

        assertThat(node.revocations.isEnded(session)).isTrue();
        assertRefused(AuthError.TOKEN_REVOKED, () -> node.signIn.refresh(entry.refreshToken(), LAPTOP));
        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.signIn.login("ada@example.org", PASSWORD, LAPTOP));
    }

    @Test
    void anOutdatedHashIsReplacedWhenItsPasswordIsAtHand() {
        UserId user = register("ada@example.org", null).user().id();
        String former = new Argon2PasswordEncoder(16, 32, 1, 8 * 1024, 1).encode(PASSWORD);
        node.passwordRows.replace(user, node.passwordRows.find(user).orElseThrow(), former, clock.instant());

        node.signIn.login("ada@example.org", PASSWORD, LAPTOP);

        assertThat(node.passwordRows.find(user)).hasValueSatisfying(hash -> {
            assertThat(hash).isNotEqualTo(former);
            assertThat(node.hasher.isOutdated(hash)).isFalse();
        });
        assertThat(node.signIn.login("ada@example.org", PASSWORD, LAPTOP).user().id())
                .isEqualTo(user);
    }

    @Test
    void aPasswordThatWasChangedAfterItWasVerifiedOpensNothing() {
        Entry entry = register("ada@example.org", null);
        UserId user = entry.user().id();
        String verified;
        try (PasswordHasher.Turn turn = node.hasher.turn(Standing.owner(user, LAPTOP.ip()))) {
            verified = node.passwords.verify(turn, user, PASSWORD);
        }

        node.passwords.change(new Caller(user, onlySession(user)), PASSWORD, "eight green bottles", LAPTOP.ip());

        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.passwords.requireStill(user, verified));
    }

    @Test
    void changingThePasswordLeavesThisDeviceAlone() {
        Entry here = register("ada@example.org", null);
        UUID session = onlySession(here.user().id());
        Entry elsewhere = node.signIn.login("ada@example.org", PASSWORD, PHONE);

        node.passwords.change(new Caller(here.user().id(), session), PASSWORD, "eight green bottles", LAPTOP.ip());

        assertThat(openSessions(here.user().id())).extracting(Session::id).containsExactly(session);
        assertRefused(AuthError.TOKEN_REVOKED, () -> node.signIn.refresh(elsewhere.refreshToken(), PHONE));
        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.signIn.login("ada@example.org", PASSWORD, PHONE));
        assertThat(node.signIn
                        .login("ada@example.org", "eight green bottles", PHONE)
                        .user()
                        .id())
                .isEqualTo(here.user().id());
    }

    @Test
    void ofADeletedAccountOnlyNamelessEndedSessionsRemain() {
        Entry entry = register("ada@example.org", null);
        UUID session = onlySession(entry.user().id());

        node.passwords.deleteAccount(new Caller(entry.user().id(), session), PASSWORD, LAPTOP.ip());

        assertThat(node.revocations.isEnded(session)).isTrue();
        assertRefused(AuthError.TOKEN_REVOKED, () -> node.signIn.refresh(entry.refreshToken(), LAPTOP));
        assertThat(database.jdbc().sql("""
                                select (select count(*) from account) + (select count(*) from password)
                                     + (select count(*) from session
                                         where owner_id is not null or ip <> '' or user_agent <> '' or ended_at is null)
                                """).query(Integer.class).single()).isZero();
    }

    @Test
    void whereSomebodyIsSignedInIsKnownOnEveryNode() {
        Node other = new Node(database, clock);
        Device neighbour = new Device("192.0.2.1", "another laptop");
        Device elsewhere = new Device("198.51.100.7", "botnet");
        register("ada@example.org", null);

        for (Node each : List.of(node, other)) {
            assertThat(each.standings.of(neighbour, "bob@example.org").lane()).isEqualTo(Standing.Lane.NETWORK);
            assertThat(each.standings.of(neighbour).lane()).isEqualTo(Standing.Lane.NETWORK);
            assertThat(each.standings.of(elsewhere, "ada@example.org").lane()).isEqualTo(Standing.Lane.STRANGER);
        }

        // A node that has looked already looks again.
        node.signIn.login("ada@example.org", PASSWORD, PHONE);
        clock.pass(Duration.ofMinutes(2));
        assertThat(other.standings.of(PHONE, "bob@example.org").lane()).isEqualTo(Standing.Lane.NETWORK);
        other.hasher.destroy();
    }

    @Test
    void whereAnAccountIsSignedInToIsTheSameForOneThatThereIsNot() {
        register("ada@example.org", null);

        assertThat(node.standings.of(LAPTOP, "nobody@example.org"))
                .isEqualTo(node.standings.of(LAPTOP, "ada@example.org"));
    }

    @Test
    void aDeviceIsKnownUntilAllThatKnewTheAccountIsVoid() {
        Entry entry = register("ada@example.org", null);
        UserId user = entry.user().id();
        Device known = known(entry);
        assertThat(laneOf(known, user)).isEqualTo(Standing.Lane.DEVICE);
        assertThat(node.signIn.refresh(entry.refreshToken(), known).epoch()).isNull();

        node.passwords.change(new Caller(user, onlySession(user)), PASSWORD, "eight green bottles", LAPTOP.ip());
        assertThat(laneOf(known, user)).isEqualTo(Standing.Lane.NETWORK);
        Device again = known(node.signIn.login("ada@example.org", "eight green bottles", known));
        assertThat(laneOf(again, user)).isEqualTo(Standing.Lane.DEVICE);

        node.sessions.on(new SignOutEverywhere(user));
        assertThat(laneOf(again, user)).isEqualTo(Standing.Lane.NETWORK);
        again = known(node.signIn.login("ada@example.org", "eight green bottles", again));
        assertThat(laneOf(again, user)).isEqualTo(Standing.Lane.DEVICE);

        node.ways.end(user, null);
        assertThat(laneOf(again, user)).isEqualTo(Standing.Lane.NETWORK);
    }

    @Test
    void whoeverGetsTheEmailOfAnAccountThatIsGoneIsNotKnownByItsDevices() {
        Entry entry = register("ada@example.org", null);
        Device known = known(entry);
        UserId former = entry.user().id();
        node.passwords.deleteAccount(new Caller(former, onlySession(former)), PASSWORD, LAPTOP.ip());

        UserId next = register("ada@example.org", null).user().id();

        assertThat(laneOf(known, next)).isEqualTo(Standing.Lane.NETWORK);
    }

    /// Whoever has kept what is void guesses as everybody at that address does.
    @Test
    void whatIsVoidGivesNoMoreGuesses() {
        Entry entry = register("ada@example.org", null);
        Device known = known(entry);
        node.sessions.on(new SignOutEverywhere(entry.user().id()));

        ErrorCode refusal = AuthError.INVALID_CREDENTIALS;
        for (int i = 0; i < 5 && refusal == AuthError.INVALID_CREDENTIALS; i++) {
            refusalOf(() -> guessOnAndOn("ada@example.org"));
            refusal = refusalOf(() -> node.signIn.login("ada@example.org", "a guess", known));
        }

        assertThat(refusal).isEqualTo(CommonError.RATE_LIMITED);
    }

    private void guessOnAndOn(String account) {
        for (int i = 0; i < 100_000; i++) {
            node.limits.guess(Standing.network(LAPTOP.ip(), false), account);
        }
    }

    private Device known(Entry entry) {
        long epoch = Objects.requireNonNull(entry.epoch());
        String kept = node.devices.with(
                null, SignIn.accountOf(entry.user()), entry.user().id(), epoch);
        return new Device(LAPTOP.ip(), LAPTOP.userAgent(), kept);
    }

    private Standing.Lane laneOf(Device device, UserId owner) {
        return node.standings.of(device, "ada@example.org", owner).lane();
    }

    private static ErrorCode refusalOf(Runnable attempt) {
        try {
            attempt.run();
        } catch (ParleyException e) {
            return e.code();
        }
        throw new AssertionError("It is let in.");
    }

    private Entry register(String email, @Nullable String username) {
        return node.signIn.register(new Application(email, PASSWORD, username, null, null), LAPTOP);
    }

    private List<Session> openSessions(UserId user) {
        return node.sessions.open(user, new PageRequest(100, null)).items();
    }

    private UUID onlySession(UserId user) {
        List<Session> open = openSessions(user);
        assertThat(open).hasSize(1);
        return open.getFirst().id();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /// One of both.
    private record Result<T>(@Nullable T found, @Nullable ErrorCode failure) {
        T value() {
            return Objects.requireNonNull(found);
        }
    }

    private static <T> List<Result<T>> atOnce(List<Callable<T>> calls) throws Exception {
        CountDownLatch together = new CountDownLatch(calls.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result<T>>> running = new ArrayList<>();
            for (Callable<T> call : calls) {
                running.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    try {
                        return new Result<>(call.call(), null);
                    } catch (ParleyException e) {
                        return new Result<>(null, e.code());
                    }
                }));
            }
            List<Result<T>> results = new ArrayList<>();
            for (Future<Result<T>> future : running) {
                results.add(future.get());
            }
            return results;
        }
    }
}
