package dev.parley.auth;

import dev.parley.auth.IdentityRepository.Name;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.EmailAddress;
import dev.parley.users.NewUser;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// The ways in: a new account, a password, a refresh token.
@Service
class SignIn {
    /// How long the code may take after the password.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 5;
    /// What is no address is nobody's.
    private static final String NO_ACCOUNT = "";

    private final Users users;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final ChallengeRepository challenges;
    private final IdentityRepository identities;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final SignInLimits limits;
    private final Standings standings;
    private final Registrations registrations;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    SignIn(
            Users users,
            Passwords passwords,
            SecondFactors factors,
            ChallengeRepository challenges,
            IdentityRepository identities,
            Sessions sessions,
            AccessTokens accessTokens,
            SignInLimits limits,
            Standings standings,
            Registrations registrations,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.factors = factors;
        this.challenges = challenges;
        this.identities = identities;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.limits = limits;
        this.standings = standings;
        this.registrations = registrations;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Somebody who is in, with the tokens that keep them in.
    ///
    /// @param epoch in which their device is to be known; null when they have been in before
    record Entry(
            User user,
            String accessToken,
            OpaqueToken refreshToken,
            @Nullable Long epoch) {}

    /// How far a right password, or a provider, leads.
    sealed interface Step {
        record In(Entry entry) implements Step {}

        record Challenged(OpaqueToken challenge) implements Step {}
    }

    /// A registration as it was sent.
    record Application(
            @Nullable String email,
            @Nullable String password,
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String lastName) {}

    Entry register(Application application, Device device) {
        if (!registrations.areOpen()) {
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
        String hash = passwords.hash(standings.of(device), Objects.requireNonNull(application.password()));
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
        String account = address.map(EmailAddress::key).orElse(NO_ACCOUNT);
        Standing claim = standings.of(device, account);
        SignInLimits.Taken taken = limits.guess(claim, account);
        SignInLimits.Taken guess;
        UserId claimed;
        String verified;
        try (PasswordHasher.Turn turn = passwords.turn(claim, taken)) {
            claimed = address.flatMap(users::find).map(User::id).orElseGet(() -> new UserId(Ids.next()));
            Standing standing = standings.of(device, account, claimed);
            // What was taken in the name of a device that is none stays taken: else it would have turns without end.
            guess = standing.equals(claim) ? taken : limits.guess(standing, account);
            verified = passwords.verify(turn, claimed, String.valueOf(password));
        }
        Step step = Objects.requireNonNull(transactions.execute(_ -> {
            if (!users.lock(claimed)) {
                throw Passwords.wrong();
            }
            passwords.requireStill(claimed, verified);
            return next(claimed, null, device, clock.instant());
        }));
        if (step instanceof Step.In) {
            limits.wasRight(guess, account);
        }
        return entered(step, null);
    }

    /// @param next where this person was going, for after the code; null when it is remembered elsewhere
    /// @throws ParleyException SECOND_FACTOR_REQUIRED
    Entry entered(Step step, @Nullable String next) {
        return switch (step) {
            case Step.In(Entry entry) -> entry;
            case Step.Challenged(OpaqueToken challenge) ->
                throw new ParleyException(
                        AuthError.SECOND_FACTOR_REQUIRED,
                        "Enter the code of your second factor.",
                        next == null
                                ? Map.of("challenge", challenge.text())
                                : Map.of("challenge", challenge.text(), "next", next));
        };
    }

    /// The second half, for whoever has a second factor.
    ///
    /// @throws ParleyException TOKEN_EXPIRED when the first half is too long ago, or too many codes were tried;
    ///     INVALID_CREDENTIALS for a wrong code
    Entry secondFactor(@Nullable String challenge, @Nullable String code, Device device) {
        if (challenge == null || challenge.isEmpty()) {
            throw ParleyException.invalid("challenge", "Sign in with your password first.");
        }
        String typed = SecondFactors.typed(code);
        OpaqueToken presented = new OpaqueToken(challenge);
        Instant now = clock.instant();
        UserId owner = challenges.find(presented, ATTEMPTS, now).orElseThrow(SignIn::over);
        SignInLimits.Taken taken = factors.limit(owner, typed, device.ip());
        // Only now: who has to wait has tried nothing.
        if (!challenges.attempt(presented, ATTEMPTS, now)) {
            throw over();
        }
        Entry entry = Objects.requireNonNull(transactions.execute(_ -> {
            if (!users.lock(owner)) {
                throw over();
            }
            Name pending = challenges.take(presented).orElseThrow(SignIn::over).pending();
            factors.require(owner, typed);
            if (pending != null) {
                link(pending, owner);
            }
            return enter(users.signedIn(owner).orElseThrow(SignIn::over), device);
        }));
        taken.giveBack();
        String account = accountOf(entry.user());
        limits.wasRight(standings.of(device, account, owner), account);
        return entry;
    }

    /// Who has the account's second factor too is its owner, so that nothing it had is void, then or later: the email
    /// was verified.
    private void link(Name name, UserId owner) {
        if (identities.insert(name, owner, clock.instant())) {
            users.vouch(owner);
            events.publishEvent(AuditEvent.own(owner, "identity.linked"));
        }
    }

    /// Under the lock of the account, for who has shown all that could be asked.
    ///
    /// @throws ParleyException FORBIDDEN when the account is closed
    Entry enterWithBothFactors(UserId owner, Device device) {
        return enter(users.signedIn(owner).orElseThrow(SignIn::closed), device);
    }

    /// For who has shown that the account is theirs.
    static ParleyException closed() {
        return new ParleyException(CommonError.FORBIDDEN, "This account is closed. Ask who looks after this server.");
    }

    /// Under the lock of the account, for who has shown one factor.
    ///
    /// @param pending what is to be linked after the second one
    /// @param shownAt when they showed it; null when nobody says
    Step next(UserId claimed, @Nullable Name pending, Device device, @Nullable Instant shownAt) {
        if (!factors.isOn(claimed)) {
            return new Step.In(enter(users.signedIn(claimed).orElseThrow(Passwords::wrong), device, shownAt));
        }
        if (users.find(claimed).filter(User::isActive).isEmpty()) {
            throw Passwords.wrong();
        }
        OpaqueToken challenge = OpaqueToken.random();
        challenges.insert(challenge, claimed, pending, clock.instant().plus(PATIENCE));
        return new Step.Challenged(challenge);
    }

    static String accountOf(User user) {
        return EmailAddress.parse(user.email()).map(EmailAddress::key).orElse(user.email());
    }

    static ParleyException over() {
        return new ParleyException(
                AuthError.TOKEN_EXPIRED, "This took too long, or too many codes were wrong. Sign in again.");
    }

    Entry refresh(OpaqueToken presented, Device device) {
        limits.refresh(device.ip());
        Sessions.Grant grant = sessions.rotate(presented, device);
        Optional<User> user = users.find(grant.owner()).filter(User::isActive);
        if (user.isEmpty()) {
            sessions.end(grant.sessionId());
            throw TokenAuthenticator.revoked();
        }
        standings.saw(device);
        return entry(user.get(), grant, null);
    }

    private Entry enter(User user, Device device) {
        return enter(user, device, clock.instant());
    }

    private Entry enter(User user, Device device, @Nullable Instant shownAt) {
        standings.saw(device);
        return entry(user, sessions.open(user.id(), device, shownAt), standings.epochOf(user.id()));
    }

    private Entry entry(User user, Sessions.Grant grant, @Nullable Long epoch) {
        return new Entry(user, accessTokens.issue(user.id(), grant.sessionId()), grant.token(), epoch);
    }
}
