package dev.parley.users;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Accounts, for the other modules.
@Service
public class Users {
    private static final int ATTEMPTS = 10;

    private final AccountRepository accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Users(AccountRepository accounts, ApplicationEventPublisher events, Clock clock) {
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
    }

    public Optional<User> find(UserId id) {
        return accounts.find(id);
    }

    public Optional<User> find(EmailAddress email) {
        return accounts.find(email);
    }

    /// How many accounts there are beside those with these emails.
    public long countWithout(Collection<String> emails) {
        return accounts.countWithout(emails.stream()
                .flatMap(email -> EmailAddress.parse(email).stream())
                .toList());
    }

    /// What this person prefers; the defaults for an account that has just gone.
    public Preferences preferences(UserId id) {
        return accounts.preferences(id).map(StoredPreferences::read).orElse(Preferences.DEFAULT);
    }

    /// Makes an account. The first one of an instance is staff, also when two register at once.
    ///
    /// @throws ParleyException EMAIL_TAKEN, USERNAME_TAKEN
    @Transactional(propagation = Propagation.MANDATORY)
    public User create(NewUser candidate, boolean staff) {
        return create(candidate, staff, true);
    }

    /// The same for whoever holds the command line.
    @Transactional(propagation = Propagation.MANDATORY)
    public User createForThem(NewUser candidate, boolean staff) {
        return create(candidate, staff, false);
    }

    private User create(NewUser candidate, boolean staff, boolean byThemselves) {
        boolean first = isFirst();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String chosen = candidate.username();
            Username username = chosen == null ? Username.from(candidate.email(), attempt) : new Username(chosen);
            Optional<User> made =
                    accounts.insert(candidate, username, new UserId(Ids.next()), staff || first, clock.instant());
            if (made.isPresent()) {
                UserId id = made.get().id();
                if (!byThemselves) {
                    accounts.vouch(id);
                }
                events.publishEvent(new AuditEvent(
                        byThemselves ? id : null,
                        "account.created",
                        id.value(),
                        staff || first ? Map.of("is_staff", "true") : Map.of()));
                return made.get();
            }
            if (accounts.hasEmail(candidate.email())) {
                throw new ParleyException(UserError.EMAIL_TAKEN, "There is an account with this email already.");
            }
            if (chosen != null) {
                throw usernameTaken();
            }
        }
        throw new IllegalStateException("No free username was found in " + ATTEMPTS + " attempts.");
    }

    /// Asked a second time under the lock: whoever waited for it finds the other's account.
    private boolean isFirst() {
        if (!accounts.isEmpty()) {
            return false;
        }
        accounts.lockFirst();
        return accounts.isEmpty();
    }

    /// @throws ParleyException FORBIDDEN
    public void requireOperator(UserId id) {
        if (!isOperator(id)) {
            throw new ParleyException(CommonError.FORBIDDEN, "This is for operators.");
        }
    }

    private boolean isOperator(UserId id) {
        return find(id).filter(User::isOperator).isPresent();
    }

    /// Whether nobody but the owner of its email can have a way into this account.
    public boolean isVouched(UserId id) {
        return accounts.isVouched(id);
    }

    /// From now on that is so: the email was shown to be its owner's, and ways in that others may have are void.
    @Transactional(propagation = Propagation.MANDATORY)
    public void vouch(UserId id) {
        accounts.vouch(id);
    }

    /// Notes that somebody has signed in; empty when they may not any more.
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<User> signedIn(UserId id) {
        return accounts.signedIn(id, clock.instant());
    }

    /// Lets nobody else change how this account signs in until the transaction ends. False when it has gone.
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lock(UserId id) {
        return accounts.lock(id);
    }

    /// From now on this person cannot sign in, and whoever is signed in as them is signed out.
    ///
    /// @return false when they could not sign in before
    @Transactional
    public boolean deactivate(UserId id) {
        boolean changed = accounts.deactivate(id);
        if (changed) {
            events.publishEvent(new AccountDeactivated(id));
        }
        return changed;
    }

    /// Ends an account and, by the foreign keys, everything that it owns. Not to be undone.
    @Transactional
    public void delete(UserId id) {
        if (!accounts.lock(id)) {
            throw ParleyException.notFound("account");
        }
        events.publishEvent(new AccountDeleting(id));
        if (isOperator(id)) {
            events.publishEvent(new OperatorGone(id));
        }
        events.publishEvent(AuditEvent.own(id, "account.deleted"));
        accounts.delete(id);
    }

    static ParleyException usernameTaken() {
        return new ParleyException(UserError.USERNAME_TAKEN, "This username is taken.");
    }
}
