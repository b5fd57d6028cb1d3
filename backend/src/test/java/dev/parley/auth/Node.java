package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.SettableClock;
import dev.parley.cluster.Signals;
import dev.parley.cluster.TestCluster;
import dev.parley.database.TestDatabase;
import dev.parley.settings.RunningSettings;
import dev.parley.settings.SecretBox;
import dev.parley.settings.SecretBoxForTests;
import dev.parley.settings.Secrets;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.UserId;
import dev.parley.users.AccountDeactivated;
import dev.parley.users.AccountDeleting;
import dev.parley.users.OperatorGone;
import dev.parley.users.Users;
import dev.parley.users.UsersForTests;
import dev.parley.web.Caller;
import dev.parley.web.SessionEnded;
import dev.parley.web.WebProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/// The module as one node has it, put together by hand on a test's database, with times that the test sets.
final class Node {
    static final Duration REFRESH_LIFETIME = Duration.ofDays(7);

    final AtomicLong nanoTime = new AtomicLong();
    final List<UUID> heardOf = new CopyOnWriteArrayList<>();
    final List<String> noted = new CopyOnWriteArrayList<>();
    final SessionRepository sessionRows;
    final PasswordRepository passwordRows;
    private final SettableClock clock;
    final RunningSettings running = new RunningSettings();
    final Users users;
    final Sessions sessions;
    final Passwords passwords;
    final PasswordHasher hasher = new PasswordHasher(2, 64);
    final Revocations revocations;
    final KnownDevices devices;
    final Standings standings;
    final SignInLimits limits;
    final SignIn signIn;
    final NewAccounts newAccounts;
    final ApiKeys keys;
    final FormerWays ways;
    private final ResetLinks links;
    final SecondFactors factors;
    final Identities identities;

    Node(TestDatabase database, SettableClock clock) {
        this(database, clock, AuthProperties.Registration.OPEN, database.jdbc());
    }

    /// @param watch over which this node asks for ended sessions
    Node(TestDatabase database, SettableClock clock, AuthProperties.Registration registration, JdbcClient watch) {
        this(database, clock, registration, watch, Duration.ofMillis(300), TestCluster.alone());
    }

    Node(
            TestDatabase database,
            SettableClock clock,
            AuthProperties.Registration registration,
            JdbcClient watch,
            Duration askEvery,
            Signals signals) {
        this(database, clock, registration, null, watch, askEvery, signals);
    }

    /// @param atProvider whether who comes from a provider gets an account; null: as for others
    Node(
            TestDatabase database,
            SettableClock clock,
            AuthProperties.Registration registration,
            AuthProperties.@Nullable Registration atProvider,
            JdbcClient watch,
            Duration askEvery,
            Signals signals) {
        this.clock = clock;
        AuthProperties properties = new AuthProperties(
                Duration.ofMinutes(30),
                REFRESH_LIFETIME,
                registration,
                atProvider,
                false,
                AuthProperties.CookieSameSite.LAX,
                List.of(),
                1_200,
                "http://localhost:8000");
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        ApplicationEventPublisher events = this::hear;
        sessionRows = new SessionRepository(database.jdbc());
        passwordRows = new PasswordRepository(database.jdbc());
        users = UsersForTests.users(database, events, clock);
        DeviceEpochRepository epochs = new DeviceEpochRepository(database.jdbc());
        sessions = new Sessions(sessionRows, epochs, events, properties, clock);
        ChallengeRepository challenges = new ChallengeRepository(database.jdbc());
        limits = new SignInLimits(
                new WebProperties(List.of(), List.of(), DataSize.ofMegabytes(2), true), TestCluster.rateLimits());
        keys = new ApiKeys(new ApiKeyRepository(database.jdbc()), sessions, users, events, transactions, clock);
        ways = new FormerWays(
                passwordRows,
                new ResetRepository(database.jdbc()),
                challenges,
                new IdentityRepository(database.jdbc()),
                new PasskeyRepository(database.jdbc()),
                new SecondFactorRepository(database.jdbc()),
                keys,
                sessions,
                users,
                events);
        links = new ResetLinks(
                new ResetRepository(database.jdbc()), users, sessions, properties, events, transactions, clock);
        passwords = new Passwords(passwordRows, hasher, users, ways, sessions, limits, events, transactions, clock);
        devices = new KnownDevices(new Secrets(Path.of(""), "a key of thirty-two bytes, or more", ""), clock);
        standings = new Standings(devices, sessionRows, epochs, clock);
        AccessTokens tokens = new AccessTokens("key".getBytes(UTF_8), properties.accessTokenLifetime(), clock);
        SecretBox box = SecretBoxForTests.box("a secret key");
        factors = new SecondFactors(
                new SecondFactorRepository(database.jdbc()),
                passwords,
                sessions,
                users,
                box,
                limits,
                events,
                transactions,
                clock);
        Registrations registrations = new Registrations(properties, running);
        signIn = new SignIn(
                users,
                passwords,
                factors,
                challenges,
                new IdentityRepository(database.jdbc()),
                sessions,
                tokens,
                limits,
                standings,
                registrations,
                events,
                transactions,
                clock);
        identities = new Identities(
                new IdentityRepository(database.jdbc()),
                ways,
                factors,
                signIn,
                users,
                registrations,
                events,
                transactions,
                clock);
        newAccounts = new NewAccounts(users, passwords, transactions);
        revocations = new Revocations(
                new SessionRepository(watch), sessionRows, events, properties, clock, nanoTime::get, askEvery, signals);
    }

    /// Somebody, signed in once more.
    Caller caller(UserId user) {
        return new Caller(
                user,
                sessions.open(user, new Device("192.0.2.1", "laptop"), clock.instant())
                        .sessionId());
    }

    private void hear(Object event) {
        switch (event) {
            case Sessions.Ended ended -> revocations.on(ended);
            case AccountDeleting deleting -> {
                sessions.on(deleting);
                keys.on(deleting);
            }
            case AccountDeactivated deactivated -> {
                sessions.on(deactivated);
                keys.on(deactivated);
                ways.on(deactivated);
            }
            case OperatorGone gone -> links.on(gone);
            case AuditEvent audited -> noted.add(audited.action());
            case SessionEnded ended -> heardOf.add(ended.sessionId());
            default -> throw new IllegalArgumentException("Nobody here listens to " + event);
        }
    }
}
