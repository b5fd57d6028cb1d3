package dev.parley.auth;

import dev.parley.auth.ResetRepository.Kind;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.EmailAddress;
import dev.parley.users.OperatorGone;
import dev.parley.users.User;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Makes links with which somebody chooses a new password, for whoever looks after the instance and for mails.
@Service
public class ResetLinks {
    static final Duration LIFETIME = Duration.ofHours(1);

    private final ResetRepository resets;
    private final Users users;
    private final Sessions sessions;
    private final AuthProperties properties;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    ResetLinks(
            ResetRepository resets,
            Users users,
            Sessions sessions,
            AuthProperties properties,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.resets = resets;
        this.users = users;
        this.sessions = sessions;
        this.properties = properties;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A link that is good for an hour and for one time, for whoever holds the command line.
    ///
    /// @param withoutSecondFactor for somebody who has lost that too: it goes when the link is used
    /// @throws ParleyException NOT_FOUND
    public String make(String email, boolean withoutSecondFactor) {
        UserId owner = EmailAddress.parse(email)
                .flatMap(users::find)
                .map(User::id)
                .orElseThrow(() -> ParleyException.notFound("account"));
        return Objects.requireNonNull(transactions.execute(_ -> {
            if (!users.lock(owner)) {
                throw ParleyException.notFound("account");
            }
            return handOver(null, owner, withoutSecondFactor);
        }));
    }

    /// The same for an operator.
    ///
    /// @throws ParleyException NOT_FOUND; CONFLICT where the account is disabled; FORBIDDEN,
    /// TOKEN_REVOKED for who was one when the request was let in
    public String make(Caller caller, UserId owner, boolean withoutSecondFactor) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            lock(caller.user(), owner);
            sessions.requireOpen(caller);
            users.requireOperator(caller.user());
            if (users.find(owner).filter(User::isActive).isEmpty()) {
                throw new ParleyException(CommonError.CONFLICT, "This account is disabled. Enable it first.");
            }
            return handOver(caller.user(), owner, withoutSecondFactor);
        }));
    }

    /// Whoever dismisses an operator waits, and then finds this link too. In one order, since two operators may
    /// help each other at once.
    private void lock(UserId operator, UserId owner) {
        boolean all = Stream.of(operator, owner)
                .sorted(Comparator.comparing(UserId::value))
                .allMatch(users::lock);
        if (!all) {
            throw ParleyException.notFound("account");
        }
    }

    /// The one before may have got to somebody else, and this is how it is taken back.
    private String handOver(@Nullable UserId actor, UserId owner, boolean withoutSecondFactor) {
        resets.deleteHandedOver(owner);
        events.publishEvent(new AuditEvent(
                actor,
                "password.link_made",
                owner.value(),
                withoutSecondFactor ? Map.of("without_second_factor", "true") : Map.of()));
        return insert(owner, withoutSecondFactor ? Kind.HANDED_OVER_WITHOUT_SECOND_FACTOR : Kind.HANDED_OVER);
    }

    /// They know the links that they made. Those of others go too, and are made again.
    @EventListener
    void on(OperatorGone gone) {
        resets.deleteHandedOver();
    }

    /// For the account's own email alone.
    String makeForMail(UserId owner) {
        return insert(owner, Kind.MAILED);
    }

    private String insert(UserId owner, Kind kind) {
        OpaqueToken token = OpaqueToken.random();
        resets.insert(token, owner, clock.instant().plus(LIFETIME), kind);
        // Behind the #, which no browser sends to anybody: it is in no log and no Referer.
        return properties.publicUrl() + "/reset-password#" + token.text();
    }
}
