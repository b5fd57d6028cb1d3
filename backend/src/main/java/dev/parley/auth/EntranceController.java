package dev.parley.auth;

import dev.parley.oidc.OidcProvider;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a person who is not signed in is told, and can do beside signing in.
@Tag(name = "Signing in")
@RestController
@RequestMapping("/api/v1/auth")
class EntranceController {
    private final PasswordResets resets;
    private final OidcProvider provider;
    private final Registrations registrations;
    private final ChatAccess access;
    private final OriginRule origins;

    EntranceController(
            PasswordResets resets,
            OidcProvider provider,
            Registrations registrations,
            ChatAccess access,
            OriginRule origins) {
        this.resets = resets;
        this.provider = provider;
        this.registrations = registrations;
        this.access = access;
        this.origins = origins;
    }

    @Operation(summary = "What this instance offers to who is not signed in")
    @SecurityRequirements
    @GetMapping("/entrance")
    Envelope<EntranceView> entrance() {
        return Envelope.ok(
                new EntranceView(registrations.areOpen(), resets.areMailed(), provider.name(), access.isOn()));
    }

    @Operation(
            summary = "Mails a link to a new password",
            description =
                    "The answer is the same whether or not there is an account with this email. 503 where no mail "
                            + "server is set.")
    @SecurityRequirements
    @PostMapping("/password/forgotten")
    Envelope<@Nullable Void> forgotten(@RequestBody ForgottenBody body, HttpServletRequest request) {
        origins.refuseForeign(request);
        resets.ask(body.email(), request.getRemoteAddr());
        return Envelope.done("If there is an account with this email, a mail is on its way.");
    }

    @Operation(
            summary = "Sets a new password with the token of a link, and signs every device out",
            description =
                    "TOKEN_EXPIRED when the link was used already or is older than an hour. A link that was mailed "
                            + "voids passkeys too, and identities, API keys and the second factor where nothing had "
                            + "yet shown whose the email is.")
    @SecurityRequirements
    @PostMapping("/password/reset")
    Envelope<PasswordResetView> reset(@RequestBody ResetBody body, HttpServletRequest request) {
        origins.refuseForeign(request);
        PasswordResets.Done done = resets.reset(body.token(), body.newPassword(), request.getRemoteAddr());
        return Envelope.ok(PasswordResetView.of(done), "Sign in with your new password.");
    }

    /// @param registration whether strangers may make an account
    /// @param passwordReset whether a link to a new password can be mailed
    /// @param provider what people call the OpenID provider that they may sign in with; null when there is none
    /// @param operatorsReadChats whether operators may read other people's chats
    record EntranceView(
            boolean registration,
            boolean passwordReset,
            @Nullable String provider,
            boolean operatorsReadChats) {}

    record ForgottenBody(@Nullable String email) {}

    /// @param passkeysEnded whether there were passkeys, which are void now
    /// @param identitiesEnded the same of identities at OpenID providers
    /// @param keysEnded the same of API keys
    /// @param secondFactorEnded whether a second factor was on, which is off now
    /// @param secondFactorAsked whether one is still on
    record PasswordResetView(
            boolean passkeysEnded,
            boolean identitiesEnded,
            boolean keysEnded,
            boolean secondFactorEnded,
            boolean secondFactorAsked) {
        static PasswordResetView of(PasswordResets.Done done) {
            FormerWays.Ended ended = done.ended();
            return new PasswordResetView(
                    ended.passkeys() > 0,
                    ended.identities() > 0,
                    ended.keys() > 0,
                    ended.secondFactor(),
                    done.asksForCode());
        }
    }

    record ResetBody(@Nullable String token, @Nullable String newPassword) {}
}
