package dev.parley.auth;

import dev.parley.settings.SecretBox;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.User;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// The second factor: codes of a device, and single-use codes for when that is lost. Every change of it happens
/// under the account's lock, so that a code is used once, however many bring it at once.
@Service
class SecondFactors {
    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);
    private static final int RECOVERY_CODES = 10;
    private static final int LONGEST_CODE = 64;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final SecondFactorRepository factors;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Users users;
    private final SecretBox box;
    private final SignInLimits limits;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    SecondFactors(
            SecondFactorRepository factors,
            Passwords passwords,
            Sessions sessions,
            Users users,
            SecretBox box,
            SignInLimits limits,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.factors = factors;
        this.passwords = passwords;
        this.sessions = sessions;
        this.users = users;
        this.box = box;
        this.limits = limits;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @param enabledAt null: it is off
    record Status(@Nullable Instant enabledAt, int recoveryCodesLeft) {}

    /// What a device has to be told, once.
    ///
    /// @param uri the same for a camera
    record Preparation(String secret, String uri) {
        /// Never in a log.
        @Override
        public String toString() {
            return "Preparation[…]";
        }
    }

    boolean isOn(UserId owner) {
        return factors.find(owner).map(SecondFactorRepository.Factor::enabledAt).isPresent();
    }

    Status status(UserId owner) {
        Instant enabledAt = factors.find(owner)
                .map(SecondFactorRepository.Factor::enabledAt)
                .orElse(null);
        return new Status(enabledAt, enabledAt == null ? 0 : factors.codesLeft(owner));
    }

    /// A new secret, which asks nobody for anything until a code of it has been seen.
    ///
    /// @param host which server it is for, as the app will name it
    Preparation prepare(Caller caller, @Nullable String password, String host, String address) {
        UserId owner = caller.user();
        passwords.confirm(caller, password, address);
        User user = users.find(owner).orElseThrow(() -> ParleyException.notFound("account"));
        byte[] secret = Totp.newSecret();
        String sealed = box.seal(place(owner), secret);
        transactions.executeWithoutResult(_ -> {
            users.lock(owner);
            sessions.requireOpen(caller);
            if (!factors.prepare(owner, sealed, clock.instant())) {
                throw new ParleyException(CommonError.CONFLICT, "The second factor is on already. Turn it off first.");
            }
        });
        return new Preparation(Totp.base32(secret), Totp.uri("Parley (" + host + ")", user.email(), secret));
    }

    /// From now on signing in takes a code.
    List<RecoveryCode> enable(Caller caller, @Nullable String code, String address) {
        UserId owner = caller.user();
        String typed = typed(code);
        return checked(caller, typed, address, () -> {
            SecondFactorRepository.Factor factor = factors.find(owner)
                    .filter(prepared -> prepared.enabledAt() == null)
                    .orElseThrow(() -> new ParleyException(
                            CommonError.CONFLICT, "There is no second factor that waits for its first code."));
            requireDevice(owner, factor, typed);
            factors.enable(owner, clock.instant());
            events.publishEvent(AuditEvent.own(owner, "second_factor.enabled"));
            return newCodes(owner);
        });
    }

    /// The old ones are void.
    List<RecoveryCode> renewCodes(Caller caller, @Nullable String password, @Nullable String code, String address) {
        UserId owner = caller.user();
        String typed = confirm(caller, password, code, address);
        return checked(caller, typed, address, () -> {
            require(owner, typed);
            events.publishEvent(AuditEvent.own(owner, "second_factor.codes_renewed"));
            return newCodes(owner);
        });
    }

    void disable(Caller caller, @Nullable String password, @Nullable String code, String address) {
        UserId owner = caller.user();
        String typed = confirm(caller, password, code, address);
        checked(caller, typed, address, () -> {
            require(owner, typed);
            factors.replaceCodes(owner, List.of());
            factors.delete(owner);
            events.publishEvent(AuditEvent.own(owner, "second_factor.disabled"));
            return owner;
        });
    }

    /// Uses a code up, of the device or for its loss. Under the account's lock.
    ///
    /// @throws ParleyException INVALID_CREDENTIALS
    void require(UserId owner, String code) {
        SecondFactorRepository.Factor factor = factors.find(owner)
                .filter(known -> known.enabledAt() != null)
                .orElseThrow(() -> new ParleyException(CommonError.CONFLICT, "The second factor is off."));
        if (Totp.isCode(code)) {
            requireDevice(owner, factor, code);
        } else if (!factors.use(owner, new RecoveryCode(code))) {
            throw wrongCode();
        }
    }

    /// Where somebody has been signed in before, nobody elsewhere can use their attempts up. Recovery codes are
    /// too long to be guessed, and let them in whatever others do.
    SignInLimits.Taken limit(UserId owner, String code, String address) {
        return Totp.isCode(code)
                ? limits.code(address, owner, sessions.isFamiliar(owner, address))
                : SignInLimits.Taken.NOTHING;
    }

    /// @throws ParleyException VALIDATION_ERROR
    static String typed(@Nullable String code) {
        String typed = code == null ? "" : BLANKS.matcher(code).replaceAll("");
        if (typed.isEmpty() || typed.length() > LONGEST_CODE) {
            throw ParleyException.invalid("code", "Enter the code.");
        }
        return typed;
    }

    private void requireDevice(UserId owner, SecondFactorRepository.Factor factor, String code) {
        OptionalLong step = Totp.stepOf(code, secret(owner, factor), clock.instant(), factor.lastStep());
        factors.use(owner, step.orElseThrow(SecondFactors::wrongCode));
    }

    /// A `SECRET_KEY` that was changed makes all devices useless; recovery codes still work.
    private byte[] secret(UserId owner, SecondFactorRepository.Factor factor) {
        try {
            return box.open(place(owner), factor.secret());
        } catch (SecretBox.Sealed e) {
            LOG.error("The second factor of {} cannot be read: {}", owner, e.getMessage());
            throw wrongCode();
        }
    }

    private List<RecoveryCode> newCodes(UserId owner) {
        List<RecoveryCode> codes =
                Stream.generate(RecoveryCode::random).limit(RECOVERY_CODES).toList();
        factors.replaceCodes(owner, codes);
        return codes;
    }

    private String confirm(Caller caller, @Nullable String password, @Nullable String code, String address) {
        FieldErrors errors = new FieldErrors();
        if (passwords.isSet(caller.user()) && (password == null || password.isEmpty())) {
            errors.add("password", "Enter your password.");
        }
        if (code == null || code.isBlank()) {
            errors.add("code", "Enter the code.");
        }
        errors.throwIfAny();
        String typed = typed(code);
        passwords.confirm(caller, password, address);
        return typed;
    }

    private <T> T checked(Caller caller, String code, String address, Supplier<T> work) {
        UserId owner = caller.user();
        SignInLimits.Taken taken = limit(owner, code, address);
        T done = transactions.execute(_ -> {
            users.lock(owner);
            sessions.requireOpen(caller);
            return work.get();
        });
        taken.giveBack();
        return Objects.requireNonNull(done);
    }

    private static ParleyException wrongCode() {
        return new ParleyException(AuthError.INVALID_CREDENTIALS, "This code is wrong, or was used already.");
    }

    private static String place(UserId owner) {
        return "second_factor/" + owner;
    }
}
