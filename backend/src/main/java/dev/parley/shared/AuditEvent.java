package dev.parley.shared;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that an operator may have to account for later. Published in the transaction that does it, and kept if
/// that commits.
///
/// @param actor who did it; null for the command line, or the server by itself
/// @param action what kind of thing was done, as `account.disabled`
/// @param about the id of whom or what it was done to
/// @param details what else there is to say; never what people wrote, and no secrets
public record AuditEvent(
        @Nullable UserId actor, String action, @Nullable UUID about, Map<String, String> details) {
    public AuditEvent {
        details = Map.copyOf(details);
    }

    public static AuditEvent of(@Nullable UserId actor, String action, @Nullable UUID about) {
        return new AuditEvent(actor, action, about, Map.of());
    }

    /// What somebody does to their own account.
    public static AuditEvent own(UserId actor, String action) {
        return of(actor, action, actor.value());
    }
}
