package dev.parley.users;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// All accounts, for those who look after the instance.
@Service
public class Directory {
    private final AccountRepository accounts;
    private final Users users;
    private final ApplicationEventPublisher events;

    Directory(AccountRepository accounts, Users users, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.users = users;
        this.events = events;
    }

    /// @param text a part of the email or of a name; empty for all
    /// @param active null for those who may sign in and those who may not
    /// @param staff null for those who look after the instance and those who do not
    public record Filter(
            String text, @Nullable Boolean active, @Nullable Boolean staff) {}

    /// The newest first.
    public Page<User> list(Filter filter, PageRequest request) {
        List<User> rows = accounts.list(filter, Cursor.parse(request.cursor(), 1), request.limit() + 1);
        return Page.of(rows, request.limit(), user -> Cursor.of(user.id().value()));
    }

    /// @throws ParleyException NOT_FOUND
    public User get(UserId id) {
        return users.find(id).orElseThrow(() -> ParleyException.notFound("account"));
    }

    /// The emails of those of these people who have an account.
    public Map<UserId, String> emails(Collection<UserId> ids) {
        return ids.isEmpty() ? Map.of() : accounts.find(ids).stream().collect(Collectors.toMap(User::id, User::email));
    }

    /// Decides whether somebody may sign in, and whether they look after the instance.
    ///
    /// @param active null leaves it as it is
    /// @param staff null leaves it as it is
    /// @throws ParleyException NOT_FOUND; CONFLICT for one's own account: it would lock out whoever does it
    @Transactional
    public User change(UserId actor, UserId id, @Nullable Boolean active, @Nullable Boolean staff) {
        // Of two operators who take it from each other at once, one stays.
        accounts.lockFirst();
        users.requireOperator(actor);
        User before = get(id);
        if (actor.equals(id)) {
            throw new ParleyException(CommonError.CONFLICT, "Ask another operator to change this of your own account.");
        }
        if (Boolean.FALSE.equals(active)) {
            note(() -> users.deactivate(id), actor, id, "account.disabled");
        } else if (Boolean.TRUE.equals(active)) {
            note(() -> accounts.activate(id), actor, id, "account.enabled");
        }
        if (staff != null) {
            note(() -> accounts.setStaff(id, staff), actor, id, staff ? "account.staff_given" : "account.staff_taken");
        }
        User after = get(id);
        if (before.isOperator() && !after.isOperator()) {
            events.publishEvent(new OperatorGone(id));
        }
        return after;
    }

    /// Ends every session of somebody. They may sign in again.
    ///
    /// @throws ParleyException NOT_FOUND
    @Transactional
    public void signOut(UserId actor, UserId id) {
        get(id);
        events.publishEvent(new SignOutEverywhere(id));
        events.publishEvent(AuditEvent.of(actor, "account.signed_out", id.value()));
    }

    /// What changes nothing is not worth a line.
    private void note(BooleanSupplier change, UserId actor, UserId about, String action) {
        if (change.getAsBoolean()) {
            events.publishEvent(AuditEvent.of(actor, action, about.value()));
        }
    }
}
