package dev.parley.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.shared.Acting;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/// What is known of who comes with a password, before anything is looked up for them: a flood of strangers asks the
/// database nothing.
@Component
class Standings {
    private static final Duration READ_EVERY = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_NETWORKS = 100_000;

    private final KnownDevices devices;
    private final SessionRepository sessions;
    private final DeviceEpochRepository epochs;
    private final Clock clock;
    private final Cache<String, Boolean> networks = Caffeine.newBuilder()
            .maximumSize(MOST_NETWORKS)
            .expireAfterWrite(REMEMBERED)
            .build();
    private final AtomicReference<Instant> read = new AtomicReference<>(Instant.MIN);

    Standings(KnownDevices devices, SessionRepository sessions, DeviceEpochRepository epochs, Clock clock) {
        this.devices = devices;
        this.sessions = sessions;
        this.epochs = epochs;
        this.clock = clock;
    }

    /// @param account the email as it is compared
    Standing of(Device device, String account) {
        String id = devices.idOf(device.kept(), account);
        return id == null ? of(device) : Standing.device(SignInLimits.network(device.ip()), account, id);
    }

    /// When the database may be asked: what a device kept may be void.
    ///
    /// @param owner whose account it is; somebody who is not there when it is nobody's
    Standing of(Device device, String account, UserId owner) {
        Standing claim = of(device, account);
        boolean isVoid =
                claim.lane() == Standing.Lane.DEVICE && !devices.isOf(device.kept(), account, owner, epochOf(owner));
        return isVoid ? of(device) : claim;
    }

    long epochOf(UserId owner) {
        return epochs.find(owner);
    }

    Standing of(Device device) {
        readNowAndThen();
        String network = SignInLimits.network(device.ip());
        return Standing.network(network, networks.getIfPresent(network) != null);
    }

    /// Somebody has signed in there, or is still.
    void saw(Device device) {
        networks.put(SignInLimits.network(device.ip()), true);
    }

    /// Where people are signed in to other nodes, or were before this one started.
    private void readNowAndThen() {
        Instant now = clock.instant();
        Instant last = read.get();
        if (last.isBefore(now.minus(READ_EVERY)) && read.compareAndSet(last, now)) {
            try (var _ = Acting.asServer()) {
                sessions.openAddresses(now, MOST_NETWORKS)
                        .forEach(address -> networks.put(SignInLimits.network(address), true));
            }
        }
    }
}
