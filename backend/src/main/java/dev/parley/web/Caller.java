package dev.parley.web;

import dev.parley.shared.UserId;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/// Who makes a request, as the sign-in filter found out: the principal of every authenticated request.
///
/// @param sessionId the signed-in device, or the API key, that the credential belongs to
public record Caller(UserId user, UUID sessionId, Set<Scope> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// Somebody who has signed in.
    public Caller(UserId user, UUID sessionId) {
        this(user, sessionId, EnumSet.allOf(Scope.class));
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
