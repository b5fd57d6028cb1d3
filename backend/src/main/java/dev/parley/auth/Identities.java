package dev.parley.auth;

import dev.parley.auth.IdentityRepository.Name;
import dev.parley.oidc.Identity;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.EmailAddress;
import dev.parley.users.NewUser;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Whose account it is when somebody comes from an OpenID provider. What was linked once stays so, whatever becomes of
/// emails. Before that a verified email decides, and any other opens nothing and begins nothing.
@Service
class Identities {
    private final IdentityRepository identities;
    private final FormerWays formerWays;
    private final SecondFactors factors;
    private final SignIn signIn;
    private final Users users;
    private final Registrations registrations;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    Identities(
            IdentityRepository identities,
            FormerWays formerWays,
            SecondFactors factors,
            SignIn signIn,
            Users users,
            Registrations registrations,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.identities = identities;
        this.formerWays = formerWays;
        this.factors = factors;
        this.signIn = signIn;
        this.users = users;
        this.registrations = registrations;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @param formerWaysEnded whether the password and the keys that the account had are void
    record Admission(SignIn.Step step, boolean formerWaysEnded) {}

    /// @param provider what people call it
    /// @param present who was signed in where this began; null: nobody
    Admission admit(Identity who, String provider, @Nullable UserId present, Device device) {
        EmailAddress email = EmailAddress.parse(who.email()).orElse(null);
        Name name = new Name(who.issuer(), who.subject(), email == null ? "" : email.text());
        return Objects.requireNonNull(transactions.execute(_ -> {
            identities.lock(name);
            Optional<UserId> linked = identities.find(name);
            if (linked.isPresent()) {
                UserId owner = linked.get();
                // Before the identity's own row: whoever voids all ways in locks them in this order.
                if (!users.lock(owner) || !identities.use(name, owner, clock.instant())) {
                    throw SignIn.over();
                }
                // It may have been linked before anybody noted whose email that is.
                if (who.emailVerified() && email != null && isOf(owner, email)) {
                    users.vouch(owner);
                }
                return new Admission(open(owner, null, who, device), false);
            }
            if (email == null) {
                throw new ParleyException(
                        CommonError.CONFLICT, provider + " tells no email of yours, and an account here needs one.");
            }
            if (!who.emailVerified()) {
                // The same whether or not there is an account: which there are is nobody's to find out.
                throw new ParleyException(
                        CommonError.CONFLICT,
                        provider + " has not confirmed that " + email.text()
                                + " is yours. Confirm it there, or sign in another way.");
            }
            Optional<User> known = users.find(email);
            if (known.isPresent()) {
                return link(known.get().id(), who, name, present, device);
            }
            return new Admission(begin(who, email, name, provider, device), false);
        }));
    }

    private Admission link(UserId owner, Identity who, Name name, @Nullable UserId present, Device device) {
        if (!users.lock(owner)) {
            throw SignIn.over();
        }
        boolean vouched = owner.equals(present) || users.isVouched(owner);
        if (!vouched) {
            formerWays.end(owner, null);
        } else if (factors.isOn(owner)) {
            return new Admission(open(owner, name, who, device), false);
        }
        users.vouch(owner);
        connect(name, owner);
        return new Admission(open(owner, null, who, device), !vouched);
    }

    private boolean isOf(UserId owner, EmailAddress email) {
        return users.find(email).map(User::id).filter(owner::equals).isPresent();
    }

    private SignIn.Step begin(Identity who, EmailAddress email, Name name, String provider, Device device) {
        if (!registrations.areOpenToProvider()) {
            throw new ParleyException(
                    AuthError.REGISTRATION_CLOSED,
                    "Nobody here knows " + email.text() + " yet. Ask who looks after this server for an account, then"
                            + " sign in with " + provider + ".");
        }
        User user = users.create(candidate(who, email), false);
        users.vouch(user.id());
        connect(name, user.id());
        return open(user.id(), null, who, device);
    }

    /// Names that are too long or strange here are left out.
    private static NewUser candidate(Identity who, EmailAddress email) {
        FieldErrors wrong = new FieldErrors();
        NewUser named = NewUser.check(email.text(), null, who.firstName(), who.lastName(), wrong);
        return named == null || !wrong.isEmpty() ? new NewUser(email, null, "", "") : named;
    }

    /// @param pending what is linked once the second factor was right
    private SignIn.Step open(UserId owner, @Nullable Name pending, Identity who, Device device) {
        if (!users.lock(owner)) {
            throw SignIn.over();
        }
        if (users.find(owner).filter(User::isActive).isEmpty()) {
            throw SignIn.closed();
        }
        return signIn.next(owner, pending, device, who.shownAt());
    }

    private void connect(Name name, UserId owner) {
        if (!identities.insert(name, owner, clock.instant())) {
            throw SignIn.over();
        }
        events.publishEvent(AuditEvent.own(owner, "identity.linked"));
    }

    List<LinkedIdentity> list(UserId owner) {
        return identities.list(owner);
    }

    void delete(UUID id, UserId owner) {
        transactions.executeWithoutResult(_ -> {
            if (!users.lock(owner) || !identities.delete(id, owner)) {
                throw ParleyException.notFound("identity");
            }
            formerWays.requireOne(owner);
            events.publishEvent(AuditEvent.own(owner, "identity.unlinked"));
        });
    }
}
