package dev.parley.auth;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.Ids;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.AccountDeactivated;
import dev.parley.users.AccountDeleting;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import dev.parley.web.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Personal API keys. Each request looks its key up, so that a deleted one opens nothing from that moment on; what is
/// open already hears of its end as it does of a session's.
@Service
public class ApiKeys {
    static final Set<Scope> SCOPES = Set.copyOf(EnumSet.complementOf(EnumSet.of(Scope.ACCOUNT)));

    private static final int MOST = 100;
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_LIFE = Duration.ofDays(3660);

    private final ApiKeyRepository keys;
    private final Sessions sessions;
    private final Users users;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;

    ApiKeys(
            ApiKeyRepository keys,
            Sessions sessions,
            Users users,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.users = users;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A new key, and the one time that its secret is told.
    record Made(ApiKey key, KeySecret secret) {}

    /// @param scopes as they were sent; null: all
    /// @throws ParleyException VALIDATION_ERROR, CONFLICT, TOKEN_REVOKED
    Made make(Caller caller, @Nullable String name, @Nullable List<String> scopes, @Nullable Instant expires) {
        FieldErrors errors = new FieldErrors();
        String checked = checkName(name, "Give the key a name.", errors);
        Set<Scope> chosen = checkScopes(scopes, errors);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (expires != null && !expires.isAfter(now)) {
            errors.add("expires_at", "This moment is over.");
        } else if (expires != null && expires.isAfter(now.plus(LONGEST_LIFE))) {
            errors.add("expires_at", "A key lives ten years at most, or until it is deleted.");
        }
        errors.throwIfAny();
        UserId owner = caller.user();
        KeySecret secret = KeySecret.random();
        ApiKey key = new ApiKey(
                Ids.next(), checked, secret.prefix(), List.copyOf(EnumSet.copyOf(chosen)), now, expires, null);
        transactions.executeWithoutResult(_ -> {
            users.lock(owner);
            sessions.requireOpen(caller);
            if (keys.count(owner) >= MOST) {
                throw new ParleyException(
                        CommonError.CONFLICT, "You have " + MOST + " keys already. Delete one that is not used.");
            }
            keys.insert(key, owner, secret);
            events.publishEvent(AuditEvent.of(owner, "key.made", key.id()));
        });
        return new Made(key, secret);
    }

    Page<ApiKey> list(UserId owner, PageRequest page) {
        List<ApiKey> rows = keys.list(owner, Cursor.parse(page.cursor(), 1), page.limit() + 1);
        return Page.of(rows, page.limit(), last -> Cursor.of(last.id()));
    }

    void delete(UUID id, UserId owner) {
        transactions.executeWithoutResult(_ -> {
            Sessions.End end = keys.delete(id, owner).orElseThrow(() -> ParleyException.notFound("key"));
            events.publishEvent(AuditEvent.of(owner, "key.deleted", id));
            events.publishEvent(new Sessions.Ended(List.of(end)));
        });
    }

    /// All of somebody's.
    ///
    /// @param actor the operator who decides it; null: whoever has shown that the account is theirs
    /// @return how many there were
    public int deleteAll(@Nullable UserId actor, UserId owner) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            // A key that is being made is made, and goes too.
            users.lock(owner);
            List<Sessions.End> ends = keys.deleteAll(owner);
            if (!ends.isEmpty()) {
                events.publishEvent(new AuditEvent(
                        actor, "keys.deleted", owner.value(), Map.of("keys", Integer.toString(ends.size()))));
                events.publishEvent(new Sessions.Ended(ends));
            }
            return ends.size();
        }));
    }

    /// @throws ParleyException UNAUTHENTICATED, TOKEN_EXPIRED
    Caller authenticate(KeySecret secret) {
        Optional<ApiKeyRepository.Presented> known = secret.isPossible() ? keys.find(secret) : Optional.empty();
        ApiKeyRepository.Presented presented = known.orElseThrow(ApiKeys::unknown);
        if (presented.expired()) {
            throw new ParleyException(AuthError.TOKEN_EXPIRED, "This API key has expired. Make a new one.");
        }
        Caller caller = presented.caller();
        if (!presented.restful()) {
            keys.noteUse(caller.sessionId(), caller.user());
        }
        return caller;
    }

    static ParleyException unknown() {
        return new ParleyException(CommonError.UNAUTHENTICATED, "There is no such API key, or it was deleted.");
    }

    /// Whether what has ended counts again: with its account, that is open again.
    boolean isBack(UUID id) {
        return keys.isGood(id);
    }

    @EventListener
    void on(AccountDeactivated account) {
        // They open nothing while the account is closed, and the same as before when it is opened again.
        events.publishEvent(new Sessions.Ended(keys.endAll(account.user())));
    }

    @EventListener
    void on(AccountDeleting account) {
        events.publishEvent(new Sessions.Ended(keys.deleteAll(account.user())));
    }

    /// @param missing what to say where there is none
    static String checkName(@Nullable String name, String missing, FieldErrors errors) {
        String stripped = name == null ? "" : name.strip();
        int length = stripped.codePointCount(0, stripped.length());
        if (length == 0) {
            errors.add("name", missing);
        } else if (length > LONGEST_NAME) {
            errors.add("name", "A name has at most " + LONGEST_NAME + " characters.");
        } else if (stripped.codePoints().anyMatch(ApiKeys::isNoCharacter)) {
            errors.add("name", "A name is one line of text.");
        }
        return stripped;
    }

    private static boolean isNoCharacter(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    private static Set<Scope> checkScopes(@Nullable List<String> scopes, FieldErrors errors) {
        if (scopes == null) {
            return SCOPES;
        }
        EnumSet<Scope> chosen = EnumSet.noneOf(Scope.class);
        for (Scope scope : SCOPES) {
            if (scopes.contains(scope.word())) {
                chosen.add(scope);
            }
        }
        if (chosen.isEmpty() || !scopes.stream().allMatch(ApiKeys::isOne)) {
            errors.add("scopes", "Choose at least one of chats, models, memories.");
        }
        return chosen;
    }

    private static boolean isOne(@Nullable String word) {
        return SCOPES.stream().anyMatch(scope -> scope.word().equals(word));
    }
}
