package dev.parley.users;

import dev.parley.shared.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person's account.
///
/// @param isActive whether they may sign in
/// @param isStaff whether they may look after the instance
public record User(
        UserId id,
        String email,
        String username,
        String firstName,
        String lastName,
        boolean isActive,
        boolean isStaff,
        Instant dateJoined,
        @Nullable Instant lastLogin) {
    /// Whether they look after the instance, and still may.
    public boolean isOperator() {
        return isActive && isStaff;
    }
}
