package dev.parley.auth;

import dev.parley.users.User;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import dev.parley.web.Scope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/// Lets only those pass who look after the instance: asked of the account each time, so that what is taken away is gone
/// with the next request. No API key does.
record OperatorsOnly(Users users) implements AuthorizationManager<RequestAuthorizationContext> {
    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        Authentication known = authentication.get();
        return new AuthorizationDecision(known != null
                && known.getPrincipal() instanceof Caller caller
                && caller.may(Scope.ACCOUNT)
                && users.find(caller.user()).filter(User::isOperator).isPresent());
    }
}
