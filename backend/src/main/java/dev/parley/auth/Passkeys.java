package dev.parley.auth;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.User;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import dev.parley.webauthn.Ceremonies;
import dev.parley.webauthn.Credential;
import dev.parley.webauthn.Expected;
import dev.parley.webauthn.SignatureRefused;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Signing in with what a device keeps. A passkey stands for password and second factor: the device has seen its owner.
@Service
class Passkeys {
    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);
    /// How long somebody may take with their device.
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MOST = 20;

    private final PasskeyRepository passkeys;
    private final Ceremonies ceremonies;
    private final Passwords passwords;
    private final FormerWays ways;
    private final Sessions sessions;
    private final SignIn signIn;
    private final SignInLimits limits;
    private final Users users;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    Passkeys(
            PasskeyRepository passkeys,
            Ceremonies ceremonies,
            Passwords passwords,
            FormerWays ways,
            Sessions sessions,
            SignIn signIn,
            SignInLimits limits,
            Users users,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.passkeys = passkeys;
        this.ceremonies = ceremonies;
        this.passwords = passwords;
        this.ways = ways;
        this.sessions = sessions;
        this.signIn = signIn;
        this.limits = limits;
        this.users = users;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The page that a device signs for.
    ///
    /// @param origin as `https://host:port`
    /// @param host of it
    record Site(String origin, String host) {
        Expected expecting(String challenge) {
            return new Expected(origin, host, challenge);
        }
    }

    /// What a device is asked for.
    ///
    /// @param binding for the browser, and not for its scripts
    /// @param challenge in base64url
    record Asked(OpaqueToken binding, String challenge) {}

    /// The same for a new passkey.
    ///
    /// @param handle by which the device will say whose it is, in base64url
    /// @param known the passkeys that there are: no device needs two
    record AskedForNew(Asked asked, User user, String handle, List<String> known) {}

    /// What a device signed, in base64url.
    record Signed(
            @Nullable String credentialId,
            @Nullable String clientData,
            @Nullable String device,
            @Nullable String signature,
            @Nullable String handle) {}

    /// @throws ParleyException VALIDATION_ERROR, INVALID_CREDENTIALS, FRESH_SIGN_IN_REQUIRED, CONFLICT
    AskedForNew askForNew(Caller caller, @Nullable String password, String address) {
        UserId owner = caller.user();
        passwords.confirm(caller, password, address);
        User user = users.find(owner).orElseThrow(() -> ParleyException.notFound("account"));
        List<String> known = passkeys.credentialIds(owner);
        if (known.size() >= MOST) {
            throw tooMany();
        }
        return new AskedForNew(ask(owner), user, handle(owner), known);
    }

    /// @param binding as the browser brought it back; null when it brought none
    Passkey add(
            Caller caller,
            @Nullable String name,
            @Nullable OpaqueToken binding,
            @Nullable String clientData,
            @Nullable String attestation,
            Site site) {
        FieldErrors errors = new FieldErrors();
        String checked = ApiKeys.checkName(name, "Give the passkey a name.", errors);
        errors.throwIfAny();
        UserId owner = caller.user();
        Expected expected = site.expecting(taken(binding, owner));
        Credential credential = registered(expected, clientData, attestation);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Passkey passkey = new Passkey(Ids.next(), checked, credential.isCopied(), now, null);
        transactions.executeWithoutResult(_ -> {
            users.lock(owner);
            sessions.requireOpen(caller);
            if (passkeys.list(owner).size() >= MOST) {
                throw tooMany();
            }
            if (!passkeys.insert(passkey, owner, credential)) {
                throw new ParleyException(CommonError.CONFLICT, "This passkey is known here already.");
            }
            events.publishEvent(AuditEvent.of(owner, "passkey.added", passkey.id()));
        });
        return passkey;
    }

    List<Passkey> list(UserId owner) {
        return passkeys.list(owner);
    }

    void delete(UUID id, UserId owner) {
        transactions.executeWithoutResult(_ -> {
            if (!users.lock(owner) || !passkeys.delete(id, owner)) {
                throw ParleyException.notFound("passkey");
            }
            ways.requireOne(owner);
            events.publishEvent(AuditEvent.of(owner, "passkey.removed", id));
        });
    }

    /// For whoever it will turn out to be.
    Asked ask(String address) {
        limits.passkey(address);
        return ask((UserId) null);
    }

    /// @throws ParleyException TOKEN_EXPIRED, INVALID_CREDENTIALS
    SignIn.Entry signIn(@Nullable OpaqueToken binding, Signed signed, Site site, Device device) {
        limits.passkey(device.ip());
        Expected expected = site.expecting(taken(binding, null));
        PasskeyRepository.Presented known =
                passkeys.find(String.valueOf(signed.credentialId())).orElseThrow(Passkeys::unknown);
        UserId owner = known.owner();
        if (!handle(owner).equals(signed.handle())) {
            throw unknown();
        }
        Credential used = used(expected, known, signed);
        return Objects.requireNonNull(transactions.execute(_ -> {
            if (!users.lock(owner) || !passkeys.use(known.id(), owner, used, clock.instant())) {
                throw unknown();
            }
            return signIn.enterWithBothFactors(owner, device);
        }));
    }

    private Asked ask(@Nullable UserId owner) {
        OpaqueToken binding = OpaqueToken.random();
        String challenge = OpaqueToken.random().text();
        passkeys.challenge(binding, owner, challenge, clock.instant().plus(PATIENCE));
        return new Asked(binding, challenge);
    }

    private String taken(@Nullable OpaqueToken binding, @Nullable UserId owner) {
        if (binding == null) {
            throw over();
        }
        return passkeys.take(binding, owner, clock.instant()).orElseThrow(Passkeys::over);
    }

    private Credential registered(Expected expected, @Nullable String clientData, @Nullable String attestation) {
        try {
            return ceremonies.registered(expected, String.valueOf(clientData), String.valueOf(attestation));
        } catch (SignatureRefused e) {
            LOG.warn("A new passkey was refused: {}", e.getMessage());
            throw new ParleyException(CommonError.CONFLICT, "Your device did not answer what it was asked. Try again.");
        }
    }

    private Credential used(Expected expected, PasskeyRepository.Presented known, Signed signed) {
        try {
            return ceremonies.used(
                    expected,
                    known.credential(),
                    String.valueOf(signed.clientData()),
                    String.valueOf(signed.device()),
                    String.valueOf(signed.signature()));
        } catch (SignatureRefused e) {
            LOG.warn("The passkey {} was refused: {}", known.id(), e.getMessage());
            if (e.isCopied()) {
                transactions.executeWithoutResult(
                        _ -> events.publishEvent(AuditEvent.of(known.owner(), "passkey.copied", known.id())));
            }
            throw unknown();
        }
    }

    /// By which a device says whose a passkey is: nothing that is anywhere else.
    private static String handle(UserId owner) {
        UUID id = owner.value();
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static ParleyException tooMany() {
        return new ParleyException(
                CommonError.CONFLICT, "You have " + MOST + " passkeys already. Remove one that is not used.");
    }

    private static ParleyException unknown() {
        return new ParleyException(AuthError.INVALID_CREDENTIALS, "This passkey opens no account here.");
    }

    private static ParleyException over() {
        return new ParleyException(
                AuthError.TOKEN_EXPIRED, "This was begun elsewhere, or took too long. Try it again.");
    }
}
