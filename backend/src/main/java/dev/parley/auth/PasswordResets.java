package dev.parley.auth;

import dev.parley.jobs.Jobs;
import dev.parley.mail.Mailer;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.EmailAddress;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// A new password for who has forgotten the old one. Who asks learns nothing about whose accounts there are: the
/// same is done for an email that nobody has.
@Service
class PasswordResets {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordResets.class);

    private final ResetRepository resets;
    private final Passwords passwords;
    private final FormerWays ways;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Users users;
    private final Mailer mailer;
    private final Jobs jobs;
    private final SignInLimits limits;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    PasswordResets(
            ResetRepository resets,
            Passwords passwords,
            FormerWays ways,
            SecondFactors factors,
            Sessions sessions,
            Users users,
            Mailer mailer,
            Jobs jobs,
            SignInLimits limits,
            AuthProperties properties,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.resets = resets;
        this.passwords = passwords;
        this.ways = ways;
        this.factors = factors;
        this.sessions = sessions;
        this.users = users;
        this.mailer = mailer;
        this.jobs = jobs;
        this.limits = limits;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
        if (areMailed() && properties.publicUrl().startsWith("http://localhost")) {
            LOG.warn("Links in mails begin with {}: PARLEY_PUBLIC_URL says what people open.", properties.publicUrl());
        }
    }

    /// Whether asking for a mail leads anywhere.
    boolean areMailed() {
        return mailer.isConfigured();
    }

    /// Sends a mail with a link, if there is such an account.
    void ask(@Nullable String email, String address) {
        if (!areMailed()) {
            throw new ParleyException(
                    CommonError.SERVICE_UNAVAILABLE,
                    "This server sends no mails. Ask who looks after it for a link to a new password.");
        }
        EmailAddress asked = EmailAddress.parse(email)
                .orElseThrow(() -> ParleyException.invalid("email", "Enter a valid email address."));
        limits.reset(address);
        // The links of the mails before are still good: nobody is kept out, and nobody's mailbox is flooded.
        if (limits.mayMail(asked.key())) {
            // An id and no email: what fails is logged, and kept.
            UserId claimed = users.find(asked).map(User::id).orElseGet(() -> new UserId(Ids.next()));
            jobs.enqueue(ResetMail.NAME, claimed.toString(), Duration.ZERO);
        }
    }

    /// A new password is set.
    ///
    /// @param ended what else is void
    /// @param asksForCode whether signing in takes the second factor too
    record Done(FormerWays.Ended ended, boolean asksForCode) {}

    /// Sets a new password and signs this person out everywhere. Who is it signs in with it, and with the second factor
    /// where there is one, unless the link takes that away.
    Done reset(@Nullable String token, @Nullable String next, String address) {
        limits.reset(address);
        OpaqueToken presented = new OpaqueToken(token == null ? "" : token);
        User user = resets.find(presented, clock.instant())
                .flatMap(users::find)
                .filter(User::isActive)
                .orElseThrow(PasswordResets::over);
        FieldErrors errors = new FieldErrors();
        PasswordRules.check("new_password", next, user.email(), errors);
        errors.throwIfAny();
        UserId owner = user.id();
        String hash = passwords.hash(Standing.owner(owner, address), Objects.requireNonNull(next));
        return Objects.requireNonNull(transactions.execute(_ -> {
            if (!users.lock(owner)) {
                throw over();
            }
            FormerWays.Ended ended = switch (resets.take(presented, owner).orElseThrow(PasswordResets::over)) {
                case MAILED -> endOthers(owner);
                case HANDED_OVER -> FormerWays.Ended.NOTHING;
                case HANDED_OVER_WITHOUT_SECOND_FACTOR ->
                    new FormerWays.Ended(0, 0, 0, ways.endSecondFactor(owner, null));
            };
            passwords.put(owner, hash);
            ways.endBegun(owner);
            sessions.endAll(owner, null);
            events.publishEvent(AuditEvent.own(owner, "password.reset"));
            return new Done(ended, factors.isOn(owner));
        }));
    }

    /// The email is this person's, as the mail has shown. Whoever knew the password may have added a passkey,
    /// which no password ends; and where nothing had shown before whose the email is, a stranger may have made
    /// all that there is.
    private FormerWays.Ended endOthers(UserId owner) {
        if (users.isVouched(owner)) {
            return new FormerWays.Ended(ways.endPasskeys(owner, null), 0, 0, false);
        }
        users.vouch(owner);
        return ways.end(owner, null);
    }

    private static ParleyException over() {
        return new ParleyException(
                AuthError.TOKEN_EXPIRED, "This link was used already, or is too old. Ask for another one.");
    }
}
