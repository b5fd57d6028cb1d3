package dev.parley.auth;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.Ids;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.AccountDeactivated;
import dev.parley.users.AccountDeleting;
import dev.parley.users.SignOutEverywhere;
import dev.parley.web.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// Signed-in devices: each begins with a password, goes on with refresh tokens and ends once.
@Service
class Sessions {
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final SessionRepository sessions;
    private final DeviceEpochRepository epochs;
    private final ApplicationEventPublisher events;
    private final Duration lifetime;
    private final Clock clock;

    Sessions(
            SessionRepository sessions,
            DeviceEpochRepository epochs,
            ApplicationEventPublisher events,
            AuthProperties properties,
            Clock clock) {
        this.sessions = sessions;
        this.epochs = epochs;
        this.events = events;
        this.lifetime = properties.refreshTokenLifetime();
        this.clock = clock;
    }

    /// What keeps a device signed in.
    record Grant(UUID sessionId, UserId owner, OpaqueToken token) {}

    /// Sessions that this node has ended. [Revocations] hears of it when the transaction, if there is one, commits.
    record Ended(List<End> ends) {}

    /// @param id of a session, which ends once, or of a key, which ends each time that its account is closed
    /// @param at in the database's time
    record End(UUID id, Instant at) {}

    /// @param shownAt when they showed who they are; null when nobody says
    Grant open(UserId owner, Device device, @Nullable Instant shownAt) {
        UUID id = Ids.next();
        OpaqueToken token = OpaqueToken.random();
        Instant now = clock.instant();
        // A provider's clock may be ahead of ours.
        Instant shown = shownAt == null || shownAt.isBefore(now) ? shownAt : now;
        sessions.insert(id, owner, device, shown, token, now, now.plus(lifetime));
        events.publishEvent(AuditEvent.own(owner, "session.begun"));
        return new Grant(id, owner, token);
    }

    /// A token is good for one time. Whoever presents it again, the thief or the robbed, ends the session for both.
    ///
    /// @throws ParleyException TOKEN_REVOKED, TOKEN_EXPIRED, UNAUTHENTICATED
    Grant rotate(OpaqueToken presented, Device device) {
        OpaqueToken next = OpaqueToken.random();
        Instant now = clock.instant();
        Optional<SessionRepository.Owned> owned = sessions.rotate(presented, next, device, now, now.plus(lifetime));
        if (owned.isPresent()) {
            return new Grant(owned.get().sessionId(), owned.get().owner(), next);
        }
        SessionRepository.Spent spent = sessions.spent(presented)
                .orElseThrow(() ->
                        new ParleyException(CommonError.UNAUTHENTICATED, "This refresh token is not one of ours."));
        if (spent.used()) {
            end(spent.sessionId());
        }
        if (spent.used() || spent.ended()) {
            throw TokenAuthenticator.revoked();
        }
        throw new ParleyException(AuthError.TOKEN_EXPIRED, "This session was unused for too long. Sign in again.");
    }

    /// The session that a refresh token belongs to, whether or not the token could still be used.
    Optional<UUID> of(OpaqueToken token) {
        return sessions.spent(token).filter(spent -> !spent.ended()).map(SessionRepository.Spent::sessionId);
    }

    void end(UUID id) {
        sessions.end(id).ifPresent(end -> events.publishEvent(new Ended(List.of(end))));
    }

    void end(UUID id, UserId owner) {
        End end = sessions.end(id, owner).orElseThrow(() -> ParleyException.notFound("session"));
        events.publishEvent(new Ended(List.of(end)));
    }

    /// Whoever was in counts as known no longer either.
    void endAll(UserId owner, @Nullable UUID except) {
        epochs.raise(owner);
        events.publishEvent(new Ended(sessions.endAll(owner, except)));
    }

    /// Whether this person is, or was lately, signed in from that network.
    boolean isFamiliar(UserId owner, String address) {
        String network = SignInLimits.network(address);
        return sessions.addresses(owner).stream().map(SignInLimits::network).anyMatch(network::equals);
    }

    /// Whether whoever is signed in there showed who they are within the last minutes.
    boolean isFresh(UUID id) {
        return sessions.isShownSince(id, clock.instant().minus(FRESH));
    }

    /// For what outlives a session. Asked under the account's lock, because a request may be under way for long
    /// after it was let in: whoever ended all ways in meanwhile has found nothing of it yet.
    ///
    /// @throws ParleyException TOKEN_REVOKED
    void requireOpen(Caller caller) {
        if (!sessions.isOpen(caller.sessionId())) {
            throw TokenAuthenticator.revoked();
        }
    }

    Page<Session> open(UserId owner, PageRequest page) {
        List<Session> rows = sessions.open(owner, Cursor.parse(page.cursor(), 2), page.limit() + 1, clock.instant());
        return Page.of(rows, page.limit(), last -> Cursor.of(last.lastUsedAt(), last.id()));
    }

    @EventListener
    void on(SignOutEverywhere order) {
        endAll(order.user(), null);
    }

    @EventListener
    void on(AccountDeactivated account) {
        endAll(account.user(), null);
    }

    @EventListener
    void on(AccountDeleting account) {
        endAll(account.user(), null);
        sessions.forgetOwner(account.user());
    }
}
