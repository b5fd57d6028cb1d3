package dev.parley.auth;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.UserView;
import dev.parley.users.Users;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import dev.parley.web.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Signing in")
@RestController
@RequestMapping("/api/v1/auth")
class AuthController {
    private final SignIn signIn;
    private final Sessions sessions;
    private final Users users;
    private final AccessTokens accessTokens;
    private final TokenCookies cookies;
    private final OriginRule origins;

    AuthController(
            SignIn signIn,
            Sessions sessions,
            Users users,
            AccessTokens accessTokens,
            TokenCookies cookies,
            OriginRule origins) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.users = users;
        this.accessTokens = accessTokens;
        this.cookies = cookies;
        this.origins = origins;
    }

    @Operation(summary = "Makes an account and signs in; the first account of an instance is staff")
    @SecurityRequirements
    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<EntryView> register(
            @RequestBody RegisterBody body, HttpServletRequest request, HttpServletResponse response) {
        origins.refuseForeign(request);
        SignIn.Application application = new SignIn.Application(
                body.email(), body.password(), body.username(), body.firstName(), body.lastName());
        return answer(signIn.register(application, Device.of(request)), "Welcome.", request, response);
    }

    @Operation(summary = "Signs in with email and password")
    @SecurityRequirements
    @PostMapping("/login")
    Envelope<EntryView> login(@RequestBody LoginBody body, HttpServletRequest request, HttpServletResponse response) {
        origins.refuseForeign(request);
        return answer(signIn.login(body.email(), body.password(), Device.of(request)), "Signed in.", request, response);
    }

    @Operation(
            summary = "Ends a sign-in that was answered with SECOND_FACTOR_REQUIRED",
            description =
                    "`challenge` is that of its details, good for five minutes and five attempts. `code` is of the "
                            + "authenticator app, or a recovery code. TOKEN_EXPIRED means to begin anew.")
    @SecurityRequirements
    @PostMapping("/login/second-factor")
    Envelope<EntryView> secondFactor(
            @RequestBody CodeBody body, HttpServletRequest request, HttpServletResponse response) {
        origins.refuseForeign(request);
        SignIn.Entry entry = signIn.secondFactor(body.challenge(), body.code(), Device.of(request));
        return answer(entry, "Signed in.", request, response);
    }

    @Operation(
            summary = "Exchanges a refresh token for a new pair; one that was used before ends its session",
            description = "The token is the body's, else that of the cookie.")
    @SecurityRequirements
    @PostMapping("/refresh")
    Envelope<EntryView> refresh(
            @RequestBody(required = false) @Nullable RefreshBody body,
            HttpServletRequest request,
            HttpServletResponse response) {
        OpaqueToken presented = presented(body, request);
        return answer(signIn.refresh(presented, Device.of(request)), "Refreshed.", request, response);
    }

    @Operation(
            summary = "Ends the session and clears the cookies",
            description = "With an access token, or, when that has expired, with the refresh token's cookie.")
    @SecurityRequirements
    @PostMapping("/logout")
    Envelope<@Nullable Void> logout(HttpServletRequest request, HttpServletResponse response) {
        sessions.end(ending(request));
        cookies.clear(request, response);
        return Envelope.done("Signed out.");
    }

    @Operation(summary = "Who is signed in")
    @GetMapping("/me")
    Envelope<UserView> me(@CurrentUser UserId caller) {
        return Envelope.ok(UserView.of(users.find(caller).orElseThrow(() -> ParleyException.notFound("account"))));
    }

    private OpaqueToken presented(@Nullable RefreshBody body, HttpServletRequest request) {
        if (body != null && body.refreshToken() != null) {
            origins.refuseForeign(request);
            return new OpaqueToken(body.refreshToken());
        }
        OpaqueToken cookie = TokenCookies.refresh(request);
        if (cookie == null) {
            throw new ParleyException(
                    CommonError.UNAUTHENTICATED, "Send a refresh token, in the body or as the cookie.");
        }
        origins.requireTrusted(request);
        return cookie;
    }

    private UUID ending(HttpServletRequest request) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
            if (!signedIn.getPrincipal().may(Scope.ACCOUNT)) {
                throw SecurityConfiguration.outOfScope();
            }
            if (signedIn.byCookie()) {
                origins.requireTrusted(request);
            }
            return signedIn.getPrincipal().sessionId();
        }
        OpaqueToken cookie = TokenCookies.refresh(request);
        if (cookie == null || SignInFilter.bearer(request) != null) {
            throw SignInFilter.failure(request);
        }
        origins.requireTrusted(request);
        return sessions.of(cookie).orElseThrow(() -> SignInFilter.failure(request));
    }

    private Envelope<EntryView> answer(
            SignIn.Entry entry, String message, HttpServletRequest request, HttpServletResponse response) {
        cookies.set(request, response, entry);
        EntryView view = new EntryView(
                UserView.of(entry.user()),
                entry.accessToken(),
                entry.refreshToken().text(),
                "Bearer",
                accessTokens.lifetime().toSeconds());
        return Envelope.ok(view, message);
    }

    record RegisterBody(
            @Nullable String email,
            @Nullable String password,
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String lastName) {}

    record LoginBody(@Nullable String email, @Nullable String password) {}

    @Schema(name = "SecondFactorBody")
    record CodeBody(@Nullable String challenge, @Nullable String code) {}

    record RefreshBody(@Nullable String refreshToken) {}

    /// @param expiresIn seconds that the access token lives
    record EntryView(UserView user, String accessToken, String refreshToken, String tokenType, long expiresIn) {}
}
