package dev.parley.users;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `user` as clients see it, wherever it appears.
public record UserView(
        UUID id,
        String email,
        String username,
        String firstName,
        String lastName,
        boolean isActive,
        boolean isStaff,
        Instant dateJoined,
        @Nullable Instant lastLogin) {
    public static UserView of(User user) {
        return new UserView(
                user.id().value(),
                user.email(),
                user.username(),
                user.firstName(),
                user.lastName(),
                user.isActive(),
                user.isStaff(),
                user.dateJoined(),
                user.lastLogin());
    }
}
