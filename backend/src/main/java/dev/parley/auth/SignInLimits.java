package dev.parley.auth;

import dev.parley.cluster.RateLimit;
import dev.parley.cluster.RateLimits;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.WebProperties;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// How fast passwords can be guessed. Nobody can lock another one out: an account is closed to the address that
/// guesses, for seconds, and to no one else. Who gets it right has used nothing up.
@Component
class SignInLimits {
    private static final Logger LOG = LoggerFactory.getLogger(SignInLimits.class);
    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final boolean on;
    private final RateLimit guesses;
    private final RateLimit guessesOfAddress;
    private final RateLimit guessesOfDevices;
    private final RateLimit right;
    private final RateLimit registrations;
    private final RateLimit refreshes;
    private final RateLimit codes;
    private final RateLimit providers;
    private final RateLimit passkeys;
    private final RateLimit resets;
    private final RateLimit mails;
    private final RateLimit wrongKeys;
    private final RateLimit wrongKeysOfAddress;
    private final RateLimit newKeys;

    SignInLimits(WebProperties properties, RateLimits limits) {
        on = properties.rateLimits();
        guesses = limits.perMinute("guesses", 10);
        guessesOfAddress = limits.perMinute("guesses-of-address", 100);
        guessesOfDevices = limits.perMinute("guesses-of-devices", 100);
        right = limits.perMinute("right-passwords", 30);
        registrations = limits.perMinute("registrations", 100);
        codes = limits.perHour("codes", 30);
        passkeys = limits.perMinute("passkeys", 120);
        providers = limits.perMinute("providers", 120);
        resets = limits.perMinute("resets", 20);
        mails = limits.perHour("reset-mails", 3);
        wrongKeys = limits.perMinuteHere("wrong-keys", 300);
        wrongKeysOfAddress = limits.perMinuteHere("wrong-keys-of-address", 3_000);
        newKeys = limits.perHour("new-keys", 300);
        refreshes = limits.perMinute("refreshes", 600);
        if (!on) {
            LOG.warn("Rate limits are off: PARLEY_RATE_LIMITS says so.");
        }
    }

    void register(String address) {
        take(registrations, network(address));
    }

    void refresh(String address) {
        take(refreshes, network(address));
    }

    /// Before a code of the second factor is looked at. Who knows the password has one chance in 500 a day, from
    /// however many addresses; those where its owner was seen are counted apart, so that nobody elsewhere keeps
    /// them out.
    Taken code(String address, UserId account, boolean familiar) {
        String key = account + " " + (familiar ? network(address) : "elsewhere");
        take(codes, key);
        return () -> {
            if (on) {
                codes.giveBack(key);
            }
        };
    }

    /// An attempt that counts until it turns out to have been right.
    @FunctionalInterface
    interface Taken {
        /// For what is not counted.
        Taken NOTHING = () -> {};

        void giveBack();
    }

    /// Before an OpenID provider is asked for anything.
    void provider(String address) {
        take(providers, network(address));
    }

    /// Before a device is asked, or its answer looked at.
    void passkey(String address) {
        take(passkeys, network(address));
    }

    /// Before a link to a new password is asked for, or used.
    void reset(String address) {
        take(resets, network(address));
    }

    /// Whether this mailbox has got few enough mails lately, whoever asked for them. Nobody is told.
    boolean mayMail(String email) {
        return !on || mails.take(email).isZero();
    }

    /// Before an API key is looked up; given back unless it is found to be none. A program that goes on with a key that
    /// was deleted keeps itself out, and not its neighbours.
    Taken key(String address, String key) {
        String network = network(address);
        return take(new Buckets(wrongKeysOfAddress, network, wrongKeys, network + ' ' + key));
    }

    /// Before a key is made: each is told to all nodes when it goes.
    void newKey(UserId owner) {
        take(newKeys, owner.toString());
    }

    /// Before a password is looked at. Taken back by [#wasRight]. What a device guesses from which the account was
    /// signed in to before is counted apart: whoever guesses at the same address takes nothing from it. Who has a
    /// copy of what it kept does, and then it guesses as others there do.
    ///
    /// @param account what names the account: the email as it is compared, or the id
    Taken guess(Standing standing, String account) {
        if (standing.lane() == Standing.Lane.DEVICE) {
            Buckets own = buckets(standing, account);
            if (!on || own.take().isZero()) {
                return taken(own);
            }
        }
        return take(atNetwork(standing.network(), account));
    }

    Taken guess(String address, UserId account) {
        return take(atNetwork(network(address), account.toString()));
    }

    /// Who is right more often than anybody signs in goes on counting as one who guesses: each time costs a hash, and
    /// leaves a session and a line of the audit log.
    void wasRight(Taken guess, String account) {
        if (on && right.take(account).isZero()) {
            guess.giveBack();
        }
    }

    void wasRight(Standing standing, String account) {
        wasRight(buckets(standing, account), account);
    }

    private Buckets buckets(Standing standing, String account) {
        return standing.lane() == Standing.Lane.DEVICE
                ? new Buckets(guessesOfDevices, standing.network(), guesses, standing.from() + ' ' + account)
                : atNetwork(standing.network(), account);
    }

    private Buckets atNetwork(String network, String account) {
        return new Buckets(guessesOfAddress, network, guesses, network + ' ' + account);
    }

    private Taken take(Buckets buckets) {
        if (on) {
            refuse(buckets.take());
        }
        return taken(buckets);
    }

    private Taken taken(Buckets buckets) {
        return on ? buckets : Taken.NOTHING;
    }

    /// A narrow one, and the wide one of all of a network. The wide one first: who has used it up leaves no
    /// trace in the narrow one, of which there are as many as there are guesses. Who has used up the narrow one
    /// takes nothing from the wide one.
    private record Buckets(RateLimit wide, String network, RateLimit narrow, String one) implements Taken {
        /// @return how long there will be none; zero when one was taken
        Duration take() {
            Duration wait = wide.take(network);
            if (wait.isPositive()) {
                return wait;
            }
            wait = narrow.take(one);
            if (wait.isPositive()) {
                wide.giveBack(network);
            }
            return wait;
        }

        @Override
        public void giveBack() {
            narrow.giveBack(one);
            wide.giveBack(network);
        }
    }

    private void take(RateLimit limit, String key) {
        refuse(on ? limit.take(key) : Duration.ZERO);
    }

    private static void refuse(Duration wait) {
        if (wait.isPositive()) {
            long seconds = wait.toSeconds() + 1;
            throw new ParleyException(
                    CommonError.RATE_LIMITED,
                    "Too many attempts. Try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
                    Map.of("retry_after", seconds));
        }
    }

    /// One IPv6 subscriber has a whole /64 to send from.
    static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == IPV6_BYTES
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
