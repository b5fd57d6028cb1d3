package dev.parley.auth;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.EmailAddress;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Makes links with which somebody chooses a new password, for whoever looks after the instance and for mails.
@Service
public class ResetLinks {
    static final Duration LIFETIME = Duration.ofHours(1);

    private final ResetRepository resets;
    private final Users users;
    private final AuthProperties properties;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    ResetLinks(
            ResetRepository resets,
            Users users,
            AuthProperties properties,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.resets = resets;
        this.users = users;
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
        User user =
                EmailAddress.parse(email).flatMap(users::find).orElseThrow(() -> ParleyException.notFound("account"));
        return make(null, user.id(), withoutSecondFactor);
    }

    /// The same for an account that there is.
    ///
    /// @param actor who makes it; null for the command line
    public String make(@Nullable UserId actor, UserId owner, boolean withoutSecondFactor) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            events.publishEvent(new AuditEvent(
                    actor,
                    "password.link_made",
                    owner.value(),
                    withoutSecondFactor ? Map.of("without_second_factor", "true") : Map.of()));
            return insert(owner, withoutSecondFactor, false);
        }));
    }

    /// For the account's own email alone.
    String makeForMail(UserId owner) {
        return insert(owner, false, true);
    }

    private String insert(UserId owner, boolean withoutSecondFactor, boolean mailed) {
        OpaqueToken token = OpaqueToken.random();
        resets.insert(token, owner, clock.instant().plus(LIFETIME), withoutSecondFactor, mailed);
        // Behind the #, which no browser sends to anybody: it is in no log and no Referer.
        return properties.publicUrl() + "/reset-password#" + token.text();
    }
}
