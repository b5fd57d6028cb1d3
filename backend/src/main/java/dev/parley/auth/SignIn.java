package dev.parley.auth;

import dev.parley.shared.FieldErrors;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.EmailAddress;
import dev.parley.users.NewUser;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// The ways in: a new account, a password, a refresh token.
@Service
class SignIn {
    private final Users users;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final SignInLimits limits;
    private final AuthProperties properties;
    private final TransactionOperations transactions;

    SignIn(
            Users users,
            Passwords passwords,
            Sessions sessions,
            AccessTokens accessTokens,
            SignInLimits limits,
            AuthProperties properties,
            TransactionOperations transactions) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.limits = limits;
        this.properties = properties;
        this.transactions = transactions;
    }

    /// Somebody who is in, with the tokens that keep them in.
    record Entry(User user, String accessToken, RefreshToken refreshToken) {}

    /// A registration as it was sent.
    record Application(
            @Nullable String email,
            @Nullable String password,
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String lastName) {}

    Entry register(Application application, Device device) {
        if (properties.registration() == AuthProperties.Registration.CLOSED) {
            throw new ParleyException(
                    AuthError.REGISTRATION_CLOSED,
                    "This server takes no new accounts. Ask who looks after it for one.");
        }
        FieldErrors errors = new FieldErrors();
        NewUser candidate = NewUser.check(
                application.email(), application.username(), application.firstName(), application.lastName(), errors);
        PasswordRules.check("password", application.password(), application.email(), errors);
        errors.throwIfAny();
        limits.register(device.ip());
        String hash = passwords.hash(Objects.requireNonNull(application.password()));
        return transactions.execute(_ -> {
            User user = users.create(Objects.requireNonNull(candidate), false);
            passwords.set(user.id(), hash);
            return enter(users.signedIn(user.id()).orElse(user), device);
        });
    }

    /// Wrong password, unknown email, closed account: one answer, in the same time.
    Entry login(@Nullable String email, @Nullable String password, Device device) {
        FieldErrors errors = new FieldErrors();
        if (email == null || email.isBlank()) {
            errors.add("email", "Enter your email address.");
        }
        if (password == null || password.isEmpty()) {
            errors.add("password", "Enter your password.");
        }
        errors.throwIfAny();
        Optional<EmailAddress> address = EmailAddress.parse(email);
        String account = address.map(EmailAddress::key)
                .orElse(String.valueOf(email).strip().toLowerCase(Locale.ROOT));
        limits.guess(device.ip(), account);
        UserId claimed = address.flatMap(users::find).map(User::id).orElseGet(() -> new UserId(Ids.next()));
        String verified = passwords.verify(claimed, String.valueOf(password));
        Entry entry = transactions.execute(_ -> {
            User user = users.signedIn(claimed).orElseThrow(Passwords::wrong);
            passwords.requireStill(claimed, verified);
            return enter(user, device);
        });
        limits.wasRight(device.ip(), account);
        passwords.renew(claimed, verified, String.valueOf(password));
        return entry;
    }

    Entry refresh(RefreshToken presented, Device device) {
        limits.refresh(device.ip());
        Sessions.Grant grant = sessions.rotate(presented, device);
        Optional<User> user = users.find(grant.owner()).filter(User::isActive);
        if (user.isEmpty()) {
            sessions.end(grant.sessionId());
            throw TokenAuthenticator.revoked();
        }
        return entry(user.get(), grant);
    }

    private Entry enter(User user, Device device) {
        return entry(user, sessions.open(user.id(), device));
    }

    private Entry entry(User user, Sessions.Grant grant) {
        return new Entry(user, accessTokens.issue(user.id(), grant.sessionId()), grant.token());
    }
}
