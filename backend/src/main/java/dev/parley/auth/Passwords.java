package dev.parley.auth;

import dev.parley.shared.Acting;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.User;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Passwords, of which only hashes are kept. Hashing is slow on purpose, and so happens outside transactions; what was
/// verified is therefore asked for again inside.
@Service
class Passwords {
    private final PasswordRepository passwords;
    private final PasswordHasher hasher;
    private final Users users;
    private final FormerWays ways;
    private final Sessions sessions;
    private final SignInLimits limits;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    Passwords(
            PasswordRepository passwords,
            PasswordHasher hasher,
            Users users,
            FormerWays ways,
            Sessions sessions,
            SignInLimits limits,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.passwords = passwords;
        this.hasher = hasher;
        this.users = users;
        this.ways = ways;
        this.sessions = sessions;
        this.limits = limits;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    static ParleyException wrong() {
        return new ParleyException(AuthError.INVALID_CREDENTIALS, "The email or the password is wrong.");
    }

    String hash(Standing who, String password) {
        try (PasswordHasher.Turn turn = hasher.turn(who)) {
            return turn.hash(password);
        }
    }

    /// To verify a password in.
    ///
    /// @param guess not made where too many wait, and given back
    PasswordHasher.Turn turn(Standing who, SignInLimits.Taken guess) {
        try {
            return hasher.turn(who);
        } catch (ParleyException e) {
            guess.giveBack();
            throw e;
        }
    }

    /// Within the transaction that makes the account.
    void set(UserId owner, String hash) {
        passwords.insert(owner, hash, clock.instant());
    }

    /// In the place of whatever was there, under the account's lock.
    void put(UserId owner, String hash) {
        passwords.put(owner, hash, clock.instant());
    }

    /// A hash of former parameters is replaced while its password is at hand.
    ///
    /// @return the hash that the password fits
    /// @throws ParleyException INVALID_CREDENTIALS, after the same time whether or not there is such an account
    String verify(PasswordHasher.Turn turn, UserId owner, String password) {
        String hash = passwords.find(owner).orElse(null);
        if (!turn.matches(password, hash) || hash == null) {
            throw wrong();
        }
        return hasher.isOutdated(hash) ? renewed(turn, owner, hash, password) : hash;
    }

    private String renewed(PasswordHasher.Turn turn, UserId owner, String verified, String password) {
        String next = turn.hash(password);
        if (passwords.replace(owner, verified, next, clock.instant())) {
            return next;
        }
        // Somebody was sooner: with the same password, or to change it.
        String now = passwords.find(owner).orElse(null);
        if (!turn.matches(password, now) || now == null) {
            throw wrong();
        }
        return now;
    }

    /// Under the lock of the account: between verifying and here the password may have been changed.
    ///
    /// @param verified null: that there still is none
    void requireStill(UserId owner, @Nullable String verified) {
        if (!passwords.find(owner).equals(Optional.ofNullable(verified))) {
            throw wrong();
        }
    }

    /// Whoever else is signed in as this person is signed out.
    /// Who has none yet sets one, having signed in just now.
    void change(Caller caller, @Nullable String current, @Nullable String next, String address) {
        User user = users.find(caller.user()).orElseThrow(() -> ParleyException.notFound("account"));
        FieldErrors errors = new FieldErrors();
        if (isSet(user.id()) && (current == null || current.isEmpty())) {
            errors.add("current_password", "Enter your current password.");
        }
        PasswordRules.check("new_password", next, user.email(), errors);
        errors.throwIfAny();
        String verified = confirm(caller, current, address);
        String hash = hash(Standing.owner(user.id(), address), Objects.requireNonNull(next));
        transactions.executeWithoutResult(_ -> {
            if (!users.lock(user.id())) {
                throw wrongHere();
            }
            sessions.requireOpen(caller);
            requireStill(user.id(), verified);
            put(user.id(), hash);
            ways.endBegun(user.id());
            sessions.endAll(user.id(), caller.sessionId());
            events.publishEvent(AuditEvent.own(user.id(), "password.changed"));
        });
    }

    /// Ends the account of somebody who can still say its password, or has signed in just now.
    void deleteAccount(Caller caller, @Nullable String password, String address) {
        UserId owner = caller.user();
        String verified = confirm(caller, password, address);
        // What outlives an account is nobody's afterwards.
        try (var _ = Acting.asServer()) {
            transactions.executeWithoutResult(_ -> {
                users.lock(owner);
                sessions.requireOpen(caller);
                requireStill(owner, verified);
                users.delete(owner);
            });
        }
    }

    boolean isSet(UserId owner) {
        return passwords.find(owner).isPresent();
    }

    /// That whoever is signed in can still say the password. Where there is none to say, they have to have signed in
    /// within the last minutes.
    ///
    /// @return the hash that it fits; null when there is none
    /// @throws ParleyException VALIDATION_ERROR, INVALID_CREDENTIALS, FRESH_SIGN_IN_REQUIRED
    @Nullable
    String confirm(Caller caller, @Nullable String password, String address) {
        UserId owner = caller.user();
        if (!isSet(owner)) {
            if (!sessions.isFresh(caller.sessionId())) {
                throw new ParleyException(
                        AuthError.FRESH_SIGN_IN_REQUIRED,
                        "This account has no password to ask for. Sign in again, and do it within ten minutes.");
            }
            return null;
        }
        if (password == null || password.isEmpty()) {
            throw ParleyException.invalid("password", "Enter your password.");
        }
        SignInLimits.Taken guess = limits.guess(address, owner);
        String hash = passwords.find(owner).orElse(null);
        try (PasswordHasher.Turn turn = turn(Standing.owner(owner, address), guess)) {
            if (!turn.matches(password, hash) || hash == null) {
                throw wrongHere();
            }
        }
        limits.wasRight(guess, owner.toString());
        return hash;
    }

    private static ParleyException wrongHere() {
        return new ParleyException(AuthError.INVALID_CREDENTIALS, "The password is wrong.");
    }
}
