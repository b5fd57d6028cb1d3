package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.SettableClock;
import dev.parley.auth.SignIn.Application;
import dev.parley.auth.SignIn.Entry;
import dev.parley.database.TestDatabase;
import dev.parley.shared.CommonError;
import dev.parley.shared.ErrorCode;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SecondFactorTest {
    private static final String EMAIL = "ada@example.org";
    private static final String PASSWORD = "seven green bottles";
    private static final Device HOME = new Device("192.0.2.1", "laptop");

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock();
    private final Node node = new Node(database, clock);
    private final Entry ada = node.signIn.register(new Application(EMAIL, PASSWORD, null, null, null), HOME);
    private final UserId owner = ada.user().id();

    /// Whoever has a password is asked for it, on whichever device.
    private Caller caller(UserId user) {
        return node.caller(user);
    }

    @AfterEach
    void close() {
        node.hasher.destroy();
        database.close();
    }

    @Test
    void nothingIsAskedBeforeACodeHasBeenSeen() {
        node.factors.prepare(caller(owner), PASSWORD, "localhost", HOME.ip());

        assertThat(login(HOME).user().id()).isEqualTo(owner);
        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.factors.enable(caller(owner), "000000x", HOME.ip()));
        assertThat(node.factors.isOn(owner)).isFalse();
    }

    @Test
    void aSecretIsMadeForWhoSaysThePasswordAndReplacedUntilItIsUsed() {
        assertRefused(
                AuthError.INVALID_CREDENTIALS,
                () -> node.factors.prepare(caller(owner), "not the password", "localhost", HOME.ip()));
        byte[] first = prepared();
        byte[] second = prepared();

        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.factors.enable(caller(owner), code(first), HOME.ip()));
        assertThat(node.factors.enable(caller(owner), code(second), HOME.ip()))
                .hasSize(10)
                .doesNotHaveDuplicates();
        assertRefused(CommonError.CONFLICT, this::prepared);
        assertRefused(CommonError.CONFLICT, () -> node.factors.enable(caller(owner), code(second), HOME.ip()));
    }

    @Test
    void aCodeIsAskedAfterThePasswordAndIsGoodOnce() {
        byte[] secret = on();
        String challenge = challenge(HOME);
        String code = code(secret);

        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.signIn.secondFactor(challenge, other(code), HOME));
        assertThat(node.signIn.secondFactor(challenge, code, HOME).user().id()).isEqualTo(owner);

        assertRefused(AuthError.TOKEN_EXPIRED, () -> node.signIn.secondFactor(challenge, code, HOME));
        String next = challenge(HOME);
        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.signIn.secondFactor(next, code, HOME));
        later(30);
        assertThat(node.signIn.secondFactor(next, code(secret), HOME).user().id())
                .isEqualTo(owner);
    }

    @Test
    void ofManyThatBringOneCodeAtOnceExactlyOneGetsIn() throws Exception {
        byte[] secret = on();
        List<String> challenges = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            challenges.add(challenge(HOME));
        }
        String code = code(secret);

        assertThat(entered(challenges, code)).isEqualTo(1);
    }

    @Test
    void aRecoveryCodeIsGoodOnceHoweverItIsSpelledAndHoweverManyBringIt() throws Exception {
        prepared();
        List<RecoveryCode> codes = node.factors.enable(caller(owner), code(lastSecret), HOME.ip());
        String spelled = codes.getFirst().text().replace("-", " ").toUpperCase(Locale.ROOT);
        List<String> challenges = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            challenges.add(challenge(HOME));
        }

        assertThat(entered(challenges, spelled)).isEqualTo(1);
        assertThat(node.factors.status(owner).recoveryCodesLeft()).isEqualTo(9);
        later(30);
        List<RecoveryCode> renewed = node.factors.renewCodes(caller(owner), PASSWORD, code(lastSecret), HOME.ip());
        assertRefused(
                AuthError.INVALID_CREDENTIALS,
                () -> node.signIn.secondFactor(challenge(HOME), codes.get(1).text(), HOME));
        assertThat(node.signIn
                        .secondFactor(challenge(HOME), renewed.getLast().text(), HOME)
                        .user()
                        .id())
                .isEqualTo(owner);
    }

    @Test
    void aChallengeIsOverAfterFiveMinutesAndAfterFiveWrongCodes() {
        byte[] secret = on();
        String slow = challenge(HOME);
        later(301);
        assertRefused(AuthError.TOKEN_EXPIRED, () -> node.signIn.secondFactor(slow, code(secret), HOME));

        String guessed = challenge(HOME);
        for (int i = 0; i < 5; i++) {
            assertRefused(
                    AuthError.INVALID_CREDENTIALS, () -> node.signIn.secondFactor(guessed, other(code(secret)), HOME));
        }
        assertRefused(AuthError.TOKEN_EXPIRED, () -> node.signIn.secondFactor(guessed, code(secret), HOME));
        assertRefused(AuthError.TOKEN_EXPIRED, () -> node.signIn.secondFactor("made up", code(secret), HOME));
    }

    @Test
    void aNewPasswordVoidsWhatTheOldOneBegan() {
        byte[] secret = on();
        String challenge = challenge(HOME);

        node.passwords.change(caller(owner), PASSWORD, "eight green bottles", HOME.ip());

        assertRefused(AuthError.TOKEN_EXPIRED, () -> node.signIn.secondFactor(challenge, code(secret), HOME));
    }

    @Test
    void whoeverGuessesFromElsewhereDoesNotKeepTheOwnerOut() {
        byte[] secret = on();
        guessUntilRefused(secret);

        assertThat(node.signIn
                        .secondFactor(challenge(HOME), code(secret), HOME)
                        .user()
                        .id())
                .isEqualTo(owner);
    }

    private void guessUntilRefused(byte[] secret) {
        ErrorCode last = AuthError.INVALID_CREDENTIALS;
        for (int i = 0; i < 50 && last.equals(AuthError.INVALID_CREDENTIALS); i++) {
            Device elsewhere = new Device("198.51.100." + i, "botnet");
            String challenge = challenge(elsewhere);
            last = refusal(() -> node.signIn.secondFactor(challenge, other(code(secret)), elsewhere));
        }
        assertThat(last).isEqualTo(CommonError.RATE_LIMITED);
    }

    @Test
    void anotherAddressOfTheOwnersNetworkIsTheOwners() {
        byte[] secret = on();
        String challenge = challenge(new Device("2001:db8:1:2::1", "laptop"));
        node.signIn.secondFactor(challenge, code(secret), new Device("2001:db8:1:2::1", "laptop"));
        later(30);
        guessUntilRefused(secret);

        Device sameNetwork = new Device("2001:db8:1:2:aaaa::7", "laptop");
        String next = challenge(sameNetwork);
        assertThat(node.signIn
                        .secondFactor(next, code(secret), sameNetwork)
                        .user()
                        .id())
                .isEqualTo(owner);
    }

    @Test
    void aRecoveryCodeIsGoodFromEverywhereWhateverOthersGuess() {
        byte[] secret = prepared();
        List<RecoveryCode> codes = node.factors.enable(caller(owner), code(secret), HOME.ip());
        later(30);
        guessUntilRefused(secret);

        Device abroad = new Device("203.0.113.9", "another phone");
        assertThat(node.signIn
                        .secondFactor(challenge(abroad), codes.getFirst().text(), abroad)
                        .user()
                        .id())
                .isEqualTo(owner);
    }

    @Test
    void whoGetsItRightFromElsewhereHasUsedNothingUp() {
        byte[] secret = on();
        for (int i = 0; i < 35; i++) {
            Device elsewhere = new Device("203.0.113." + i, "train");
            node.signIn.secondFactor(challenge(elsewhere), code(secret), elsewhere);
            later(30);
        }
    }

    @Test
    void whoHasToWaitHasTriedNothing() {
        byte[] secret = on();
        Device abroad = new Device("203.0.113.9", "another phone");
        String challenge = challenge(abroad);
        guessUntilRefused(secret);
        for (int i = 0; i < 10; i++) {
            assertRefused(
                    CommonError.RATE_LIMITED, () -> node.signIn.secondFactor(challenge, other(code(secret)), abroad));
        }

        assertThat(database.jdbc()
                        .sql("select max(attempts) from sign_in_challenge where hash = :hash")
                        .param("hash", new OpaqueToken(challenge).hash())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @Timeout(60)
    void noSecretIsMadeWhileTheAccountIsChanged() throws Exception {
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> prepared = transactions.execute(_ -> {
                node.users.lock(owner);
                Future<?> preparing = other.submit(this::prepared);
                while (!preparing.isDone() && !somebodyWaits()) {
                    Thread.onSpinWait();
                }
                assertThat(preparing.isDone()).isFalse();
                return preparing;
            });
            prepared.get();
        }
    }

    private boolean somebodyWaits() {
        return database.jdbc()
                .sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void renewingCodesIsNoted() {
        byte[] secret = on();

        node.factors.renewCodes(caller(owner), PASSWORD, code(secret), HOME.ip());

        assertThat(node.noted).contains("second_factor.codes_renewed");
    }

    @Test
    void turningItOffTakesPasswordAndCode() {
        byte[] secret = on();
        assertRefused(
                AuthError.INVALID_CREDENTIALS,
                () -> node.factors.disable(caller(owner), "not the password", code(secret), HOME.ip()));
        assertRefused(
                AuthError.INVALID_CREDENTIALS,
                () -> node.factors.disable(caller(owner), PASSWORD, other(code(secret)), HOME.ip()));

        node.factors.disable(caller(owner), PASSWORD, code(secret), HOME.ip());

        assertThat(login(HOME).user().id()).isEqualTo(owner);
        assertThat(node.factors.status(owner)).isEqualTo(new SecondFactors.Status(null, 0));
    }

    @Test
    void aCopiedDatabaseGivesNoCodesAndAnothersSecretCannotBePutInPlace() {
        byte[] secret = on();
        String stored = database.jdbc()
                .sql("select secret from second_factor where owner_id = :owner")
                .param("owner", owner.value())
                .query(String.class)
                .single();

        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(stored)))
                .doesNotContain(HexFormat.of().formatHex(secret));
        UserId other = node.signIn
                .register(new Application("eve@example.org", PASSWORD, null, null, null), HOME)
                .user()
                .id();
        node.factors.prepare(caller(other), PASSWORD, "localhost", HOME.ip());
        database.jdbc()
                .sql("update second_factor set secret = :secret where owner_id = :owner")
                .param("secret", stored)
                .param("owner", other.value())
                .update();
        assertRefused(AuthError.INVALID_CREDENTIALS, () -> node.factors.enable(caller(other), code(secret), HOME.ip()));
    }

    private byte[] lastSecret = {};

    private byte[] prepared() {
        lastSecret = fromBase32(node.factors
                .prepare(caller(owner), PASSWORD, "localhost", HOME.ip())
                .secret());
        return lastSecret;
    }

    /// Turns it on. The code that did so is not good for signing in, so some time passes.
    private byte[] on() {
        byte[] secret = prepared();
        node.factors.enable(caller(owner), code(secret), HOME.ip());
        later(30);
        return secret;
    }

    private void later(long seconds) {
        clock.pass(Duration.ofSeconds(seconds));
    }

    private String code(byte[] secret) {
        return Totp.code(secret, clock.instant().getEpochSecond() / Totp.STEP_SECONDS);
    }

    /// A code that none of the three steps has.
    private static String other(String code) {
        return "%06d".formatted((Integer.parseInt(code) + 500_000) % 1_000_000);
    }

    private Entry login(Device device) {
        return node.signIn.login(EMAIL, PASSWORD, device);
    }

    private String challenge(Device device) {
        try {
            login(device);
            throw new AssertionError("No code was asked for.");
        } catch (ParleyException e) {
            assertThat(e.code()).isEqualTo(AuthError.SECOND_FACTOR_REQUIRED);
            return String.valueOf(e.details().get("challenge"));
        }
    }

    private long entered(List<String> challenges, String code) throws Exception {
        try (ExecutorService all = Executors.newFixedThreadPool(challenges.size())) {
            List<Future<ErrorCode>> results = new ArrayList<>();
            for (String challenge : challenges) {
                results.add(all.submit(() -> refusal(() -> node.signIn.secondFactor(challenge, code, HOME))));
            }
            long entered = 0;
            for (Future<ErrorCode> result : results) {
                if (result.get().equals(IN)) {
                    entered++;
                } else {
                    assertThat(result.get()).isEqualTo(AuthError.INVALID_CREDENTIALS);
                }
            }
            return entered;
        }
    }

    private static final ErrorCode IN = CommonError.INTERNAL_ERROR;

    private static ErrorCode refusal(Runnable work) {
        try {
            work.run();
            return IN;
        } catch (ParleyException e) {
            return e.code();
        }
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    static byte[] fromBase32(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int bits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
            number = number.shiftLeft(5).or(BigInteger.valueOf(bits));
        }
        byte[] all = new byte[text.length() * 5 / 8];
        for (int i = all.length - 1; i >= 0; i--) {
            all[i] = number.byteValue();
            number = number.shiftRight(8);
        }
        return all;
    }
}
