package dev.parley.auth;

import dev.parley.users.UserView;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import dev.parley.web.Requests;
import dev.parley.web.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Signing in")
@RestController
@RequestMapping("/api/v1/auth")
class ProviderController {
    private final ProviderSignIn signIn;
    private final Identities identities;
    private final Passkeys passkeys;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final TokenCookies cookies;
    private final OriginRule origins;

    ProviderController(
            ProviderSignIn signIn,
            Identities identities,
            Passkeys passkeys,
            Passwords passwords,
            Sessions sessions,
            AccessTokens accessTokens,
            TokenCookies cookies,
            OriginRule origins) {
        this.signIn = signIn;
        this.identities = identities;
        this.passkeys = passkeys;
        this.passwords = passwords;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.cookies = cookies;
        this.origins = origins;
    }

    @Operation(
            summary = "Begins to sign in with the OpenID provider",
            description =
                    "The browser goes to `address`, and is sent back to `/login/callback`. 404 where no provider is "
                            + "set, 503 while it does not answer.")
    @SecurityRequirements
    @PostMapping("/oidc")
    Envelope<BegunView> begin(
            @RequestBody(required = false) @Nullable BeginBody body,
            HttpServletRequest request,
            HttpServletResponse response) {
        origins.refuseForeign(request);
        Caller present = Requests.caller();
        ProviderSignIn.Begun begun = signIn.begin(
                body == null ? null : body.next(),
                body != null && Boolean.TRUE.equals(body.afresh()),
                // What a program has shows nobody's presence.
                present == null || !present.may(Scope.ACCOUNT) ? null : present.user(),
                request.getRemoteAddr());
        cookies.remember(request, response, begun.memory(), ProviderSignIn.PATIENCE);
        return Envelope.ok(new BegunView(begun.address().toString()));
    }

    @Operation(
            summary = "Ends to sign in with the OpenID provider, with what it sent the browser back with",
            description =
                    "In the browser where it was begun, and once. SECOND_FACTOR_REQUIRED and its challenge are those "
                            + "of signing in with a password.")
    @SecurityRequirements
    @PostMapping("/oidc/complete")
    Envelope<ProviderEntryView> complete(
            @RequestBody CompleteBody body, HttpServletRequest request, HttpServletResponse response) {
        origins.refuseForeign(request);
        String memory = TokenCookies.remembered(request);
        cookies.forget(request, response);
        ProviderSignIn.Entered entered =
                signIn.complete(memory, body.state(), body.code(), body.iss(), Device.of(request));
        SignIn.Entry entry = entered.entry();
        cookies.set(request, response, entry);
        ProviderEntryView view = new ProviderEntryView(
                UserView.of(entry.user()),
                entry.accessToken(),
                entry.refreshToken().text(),
                "Bearer",
                accessTokens.lifetime().toSeconds(),
                entered.next(),
                entered.formerWaysEnded());
        return Envelope.ok(view, "Signed in.");
    }

    @Operation(summary = "How the account can be signed in to, and whether this was done lately")
    @GetMapping("/ways-in")
    Envelope<WaysInView> waysIn(@CurrentUser Caller caller) {
        return Envelope.ok(new WaysInView(
                passwords.isSet(caller.user()),
                sessions.isFresh(caller.sessionId()),
                identities.list(caller.user()),
                passkeys.list(caller.user())));
    }

    @Operation(
            summary = "Takes a provider's identity away from the account",
            description = "409 when there would be no way in left.")
    @DeleteMapping("/identities/{id}")
    Envelope<@Nullable Void> unlink(@CurrentUser Caller caller, @PathVariable UUID id) {
        identities.delete(id, caller.user());
        return Envelope.done("It opens this account no more.");
    }

    /// @param next where to go afterwards, as a path of this site
    /// @param afresh whether the provider shall ask again who it is
    record BeginBody(@Nullable String next, @Nullable Boolean afresh) {}

    /// @param address where the browser goes now
    record BegunView(String address) {}

    /// @param iss as the provider sent it, where it does
    record CompleteBody(
            @Nullable String state,
            @Nullable String code,
            @Nullable String iss) {}

    /// @param next where to go now
    /// @param formerWaysEnded whether the password, the API keys and the devices that the account had are void
    record ProviderEntryView(
            UserView user,
            String accessToken,
            String refreshToken,
            String tokenType,
            long expiresIn,
            String next,
            boolean formerWaysEnded) {}

    /// @param password whether there is one
    /// @param fresh whether this device was signed in within the last minutes, which stands for a password
    /// @param identities at OpenID providers
    record WaysInView(boolean password, boolean fresh, List<LinkedIdentity> identities, List<Passkey> passkeys) {}
}
