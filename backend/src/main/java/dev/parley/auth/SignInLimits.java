package dev.parley.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.WebProperties;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// How fast passwords can be guessed. Nobody can lock another one out: an account is closed to the address that
/// guesses,
/// for seconds, and to no one else. Who gets it right has used nothing up.
@Component
class SignInLimits {
    private static final Logger LOG = LoggerFactory.getLogger(SignInLimits.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int REMEMBERED = 100_000;
    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final boolean on;
    private final LoadingCache<String, Bucket> guesses = perMinute(10);
    private final LoadingCache<String, Bucket> guessesOfAddress = perMinute(100);
    private final LoadingCache<String, Bucket> registrations = perMinute(100);
    private final LoadingCache<String, Bucket> refreshes = perMinute(600);

    SignInLimits(WebProperties properties) {
        on = properties.rateLimits();
        if (!on) {
            LOG.warn("Rate limits are off: PARLEY_RATE_LIMITS says so.");
        }
    }

    void register(String address) {
        take(registrations.get(network(address)));
    }

    void refresh(String address) {
        take(refreshes.get(network(address)));
    }

    /// Before a password is looked at. Taken back by [#wasRight].
    ///
    /// @param account what names the account: the email as it is compared, or the id
    void guess(String address, String account) {
        String network = network(address);
        take(guesses.get(network + ' ' + account));
        take(guessesOfAddress.get(network));
    }

    void guess(String address, UserId account) {
        guess(address, account.toString());
    }

    void wasRight(String address, String account) {
        if (on) {
            String network = network(address);
            guesses.get(network + ' ' + account).addTokens(1);
            guessesOfAddress.get(network).addTokens(1);
        }
    }

    void wasRight(String address, UserId account) {
        wasRight(address, account.toString());
    }

    private void take(Bucket bucket) {
        if (!on) {
            return;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
            throw new ParleyException(
                    CommonError.RATE_LIMITED,
                    "Too many attempts. Try again in " + seconds + (seconds == 1 ? " second." : " seconds."),
                    Map.of("retry_after", seconds));
        }
    }

    /// A bucket that nobody touched for two periods is full again, and can be forgotten.
    private static LoadingCache<String, Bucket> perMinute(int tokens) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(PERIOD.multipliedBy(2))
                .build(_ -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, PERIOD))
                        .build());
    }

    /// One IPv6 subscriber has a whole /64 to send from.
    private static String network(String address) {
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
