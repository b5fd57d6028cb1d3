package dev.parley.oidc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody as their provider knows them.
///
/// @param subject who they are there, for good; together with the issuer nobody else
/// @param email null when the provider tells none
/// @param emailVerified whether the provider has seen that the email is theirs
/// @param firstName may be empty
/// @param lastName may be empty
/// @param shownAt when they last showed the provider who they are; null when it does not say
public record Identity(
        String issuer,
        String subject,
        @Nullable String email,
        boolean emailVerified,
        String firstName,
        String lastName,
        @Nullable Instant shownAt) {}
