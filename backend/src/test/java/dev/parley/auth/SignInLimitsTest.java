package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.TestCluster;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.WebProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.util.unit.DataSize;

/// Buckets refill while a test runs: what is let through is counted, and refusals are asked for until they come.
class SignInLimitsTest {
    private static final Path TABLE = Path.of("../docs/use/security.md");
    private static final String HOME = "192.0.2.1";
    private static final String SCHOOL = "192.0.2.2";
    private static final String HALL = "192.0.2.3";
    private static final String MARKET = "192.0.2.4";

    private final SignInLimits limits = new SignInLimits(
            new WebProperties(List.of(), List.of(), DataSize.ofMegabytes(2), true), TestCluster.rateLimits());

    /// @param what its line in the table of docs/use/security.md
    /// @param most in the period
    /// @param take one more, the how-manieth
    private record Limit(String what, int most, Duration period, IntConsumer take) {}

    private List<Limit> limits() {
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);
        UserId ada = new UserId(Ids.next());
        return List.of(
                new Limit(
                        "wrong passwords for one account from one address",
                        10,
                        minute,
                        _ -> guessFrom(HOME, "ada@example.org")),
                new Limit("wrong passwords from one address", 100, minute, i -> guessFrom(SCHOOL, "somebody" + i)),
                new Limit(
                        "wrong passwords for an account from a device that was signed in to it",
                        10,
                        minute,
                        _ -> twice(_ -> limits.guess(laptop(HALL), "ada@example.org"))),
                new Limit(
                        "wrong passwords from one address with such devices",
                        100,
                        minute,
                        i -> twice(j -> guessWithPhone(2 * i + j))),
                new Limit(
                        "codes of a device for one account, from one network where it was signed in, or from all others"
                                + " together",
                        30,
                        hour,
                        i -> limits.code("198.51.100." + i, ada, false)),
                new Limit(
                        "links to a new password, asked for or used from one address",
                        20,
                        minute,
                        _ -> limits.reset(HOME)),
                new Limit(
                        "beginning and ending a sign-in with a provider, from one address",
                        120,
                        minute,
                        _ -> limits.provider(HOME)),
                new Limit(
                        "asking to sign in with a passkey, and doing it, from one address",
                        120,
                        minute,
                        _ -> limits.passkey(HOME)),
                new Limit("new accounts from one address", 100, minute, _ -> limits.register(HOME)),
                new Limit("refreshed sessions from one address", 600, minute, _ -> limits.refresh(HOME)),
                new Limit(
                        "requests from one address with one key that is none",
                        300,
                        minute,
                        _ -> limits.key(HOME, "parley_0")),
                new Limit(
                        "requests from one address with keys that are none",
                        3_000,
                        minute,
                        i -> limits.key(SCHOOL, "parley_" + i)),
                new Limit("new keys of a person", 300, hour, _ -> limits.newKey(ada)),
                new Limit("mails with such a link to one mailbox", 3, hour, _ -> {
                    if (!limits.mayMail("ada@example.org")) {
                        throw new ParleyException(CommonError.RATE_LIMITED, "No mail is sent.");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> asManyAreLetThroughAsTheTableSays() throws IOException {
        String table = Files.readString(TABLE);
        return limits().stream()
                .map(limit -> DynamicTest.dynamicTest(limit.what(), () -> {
                    String period = limit.period().equals(Duration.ofHours(1)) ? "an hour" : "a minute";
                    assertThat(table).contains("| %s | %,d %s |".formatted(limit.what(), limit.most(), period));
                    assertLetThrough(limit.most(), limit.period(), limit.take());
                }));
    }

    /// After thirty, each counts as a wrong one; of those there are ten.
    @Test
    void whoIsRightAgainAndAgainCountsAsOneWhoGuesses() throws IOException {
        assertThat(Files.readString(TABLE)).contains("| right passwords of one account | 30 a minute |");
        assertLetThrough(40, Duration.ofMinutes(1), _ -> {
            guessFrom(HOME, "ada@example.org");
            limits.wasRight(at(HOME), "ada@example.org");
        });
        assertThatCode(() -> guessFrom(SCHOOL, "ada@example.org")).doesNotThrowAnyException();
        assertThatCode(() -> guessFrom(HOME, "bob@example.org")).doesNotThrowAnyException();
    }

    @Test
    void whoGuessesAtTheSameAddressTakesNothingFromADeviceThatIsKnown() {
        untilRefused(() -> guessFrom(HOME, "nobody" + System.nanoTime() + "@example.org"));
        untilRefused(() -> guessFrom(SCHOOL, "ada@example.org"));

        assertThatCode(() -> limits.guess(laptop(HOME), "ada@example.org")).doesNotThrowAnyException();
    }

    @Test
    void whatNobodyLookedAtIsGivenBack() {
        for (int i = 0; i < 500; i++) {
            guessFrom(HOME, "ada@example.org").giveBack();
            limits.guess(laptop(HOME), "ada@example.org").giveBack();
        }

        assertThatCode(() -> guessFrom(HOME, "ada@example.org")).doesNotThrowAnyException();
    }

    @Test
    void whoHasACopyOfWhatADeviceKeptKeepsItOutNowhereElse() {
        untilRefused(() -> limits.guess(laptop(SCHOOL), "ada@example.org"));

        assertThatCode(() -> limits.guess(laptop(HOME), "ada@example.org")).doesNotThrowAnyException();
    }

    /// The device's own are gone, and those of the network then are given back.
    @Test
    void whoIsRightGetsBackWhatWasTaken() {
        untilRefused(() -> limits.guess(laptop(SCHOOL), "ada@example.org"));

        for (int i = 0; i < 20; i++) {
            limits.wasRight(limits.guess(laptop(HOME), "ada@example.org"), "ada@example.org");
        }
    }

    /// Where a device may guess no more, there are as many guesses left of its network.
    private static void twice(IntConsumer guess) {
        guess.accept(0);
        guess.accept(1);
    }

    private void guessWithPhone(int number) {
        String account = "somebody" + number + "@example.org";
        limits.guess(Standing.device(MARKET, account, "phone" + number), account);
    }

    private static Standing laptop(String address) {
        return Standing.device(address, "ada@example.org", "laptop");
    }

    private static Standing at(String address) {
        return Standing.network(address, false);
    }

    private SignInLimits.Taken guessFrom(String address, String account) {
        return limits.guess(at(address), account);
    }

    /// And what is refilled in the time that it takes.
    private static void assertLetThrough(int most, Duration period, IntConsumer take) {
        long start = System.nanoTime();
        int let = letThrough(take);
        double refilled = most * (System.nanoTime() - start) / (double) period.toNanos();
        assertThat(let).isBetween(most, most + (int) Math.ceil(refilled));
    }

    private static int letThrough(IntConsumer take) {
        for (int i = 0; i < 100_000; i++) {
            try {
                take.accept(i);
            } catch (ParleyException e) {
                assertThat(e.code()).isEqualTo(CommonError.RATE_LIMITED);
                return i;
            }
        }
        throw new AssertionError("Nothing is refused.");
    }

    /// There are as many narrow buckets as there are guesses; whoever is refused at the wide one makes none.
    @Test
    void whoMayGuessNoMoreTakesNothingFromTheAccount() {
        untilRefused(() -> guessFrom(HOME, "nobody" + System.nanoTime() + "@example.org"));
        long let = IntStream.range(0, 100).filter(_ -> guess("ada@example.org")).count();

        for (long i = let; i < 9; i++) {
            limits.wasRight(at(HOME), "bob@example.org");
            assertThatCode(() -> guessFrom(HOME, "ada@example.org")).doesNotThrowAnyException();
        }
    }

    @Test
    void whoMayGuessAtOneAccountNoMoreTakesNothingFromTheNetwork() {
        untilRefused(() -> guessFrom(HOME, "ada@example.org"));
        for (int i = 0; i < 200; i++) {
            guess("ada@example.org");
        }

        assertThatCode(() -> guessFrom(HOME, "bob@example.org")).doesNotThrowAnyException();
    }

    private boolean guess(String account) {
        try {
            guessFrom(HOME, account);
            return true;
        } catch (ParleyException e) {
            return false;
        }
    }

    private static void untilRefused(ThrowingCallable guess) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        guess.call();
                    }
                })
                .isInstanceOf(ParleyException.class);
    }
}
