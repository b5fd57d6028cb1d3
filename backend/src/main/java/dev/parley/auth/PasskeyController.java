package dev.parley.auth;

import dev.parley.shared.UserId;
import dev.parley.users.UserView;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import dev.parley.webauthn.Ceremonies;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What browsers and devices say in base64url stays so.
@Tag(name = "Passkeys")
@RestController
@RequestMapping("/api/v1/auth")
class PasskeyController {
    private final Passkeys passkeys;
    private final AccessTokens accessTokens;
    private final TokenCookies cookies;
    private final OriginRule origins;

    PasskeyController(Passkeys passkeys, AccessTokens accessTokens, TokenCookies cookies, OriginRule origins) {
        this.passkeys = passkeys;
        this.accessTokens = accessTokens;
        this.cookies = cookies;
        this.origins = origins;
    }

    @Operation(
            summary = "What a device is to be asked for a new passkey",
            description = "Takes the password; who has none has to have signed in within ten minutes. Good for five.")
    @PostMapping("/passkeys/options")
    Envelope<NewPasskeyView> askForNew(
            @CurrentUser Caller caller,
            @RequestBody ConfirmBody body,
            HttpServletRequest request,
            HttpServletResponse response) {
        Passkeys.AskedForNew asked = passkeys.askForNew(caller, body.password(), request.getRemoteAddr());
        cookies.bindPasskey(request, response, asked.asked().binding(), Passkeys.PATIENCE);
        return Envelope.ok(new NewPasskeyView(
                asked.asked().challenge(),
                origins.site(request).host(),
                asked.handle(),
                asked.user().email(),
                Ceremonies.ALGORITHMS,
                asked.known()));
    }

    @Operation(
            summary = "Adds the passkey that a device has made",
            description = "With what the device was asked for in this browser, once.")
    @PostMapping("/passkeys")
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<Passkey> add(
            @CurrentUser Caller caller,
            @RequestBody AddBody body,
            HttpServletRequest request,
            HttpServletResponse response) {
        OpaqueToken binding = TokenCookies.passkeyBinding(request);
        cookies.bindPasskey(request, response, null, Passkeys.PATIENCE);
        return Envelope.ok(
                passkeys.add(
                        caller, body.name(), binding, body.clientData(), body.attestation(), origins.site(request)),
                "From now on it signs you in.");
    }

    @Operation(summary = "Removes a passkey", description = "409 when there would be no way in left.")
    @DeleteMapping("/passkeys/{id}")
    Envelope<@Nullable Void> delete(@CurrentUser UserId caller, @PathVariable UUID id) {
        passkeys.delete(id, caller);
        return Envelope.done("It opens this account no more.");
    }

    @Operation(summary = "What a device is to be asked to sign in with a passkey")
    @SecurityRequirements
    @PostMapping("/login/passkey/options")
    Envelope<AskedView> ask(HttpServletRequest request, HttpServletResponse response) {
        origins.refuseForeign(request);
        Passkeys.Asked asked = passkeys.ask(request.getRemoteAddr());
        cookies.bindPasskey(request, response, asked.binding(), Passkeys.PATIENCE);
        return Envelope.ok(
                new AskedView(asked.challenge(), origins.site(request).host()));
    }

    @Operation(
            summary = "Signs in with a passkey",
            description = "It stands for the second factor too: the device has to have seen its owner.")
    @SecurityRequirements
    @PostMapping("/login/passkey")
    Envelope<AuthController.EntryView> signIn(
            @RequestBody SignedBody body, HttpServletRequest request, HttpServletResponse response) {
        origins.refuseForeign(request);
        OpaqueToken binding = TokenCookies.passkeyBinding(request);
        cookies.bindPasskey(request, response, null, Passkeys.PATIENCE);
        SignIn.Entry entry = passkeys.signIn(
                binding,
                new Passkeys.Signed(
                        body.id(), body.clientData(), body.authenticatorData(), body.signature(), body.userHandle()),
                origins.site(request),
                Device.of(request));
        cookies.set(request, response, entry);
        return Envelope.ok(
                new AuthController.EntryView(
                        UserView.of(entry.user()),
                        entry.accessToken(),
                        entry.refreshToken().text(),
                        "Bearer",
                        accessTokens.lifetime().toSeconds()),
                "Signed in.");
    }

    record ConfirmBody(@Nullable String password) {}

    /// @param rpId for which host
    /// @param userHandle by which the device will say whose it is
    /// @param algorithms by which it may sign, as numbers of COSE
    /// @param known ids of the passkeys that there are
    record NewPasskeyView(
            String challenge,
            String rpId,
            String userHandle,
            String userName,
            List<Long> algorithms,
            List<String> known) {}

    record AddBody(
            @Nullable String name,
            @Nullable String clientData,
            @Nullable String attestation) {}

    record AskedView(String challenge, String rpId) {}

    /// @param id of the passkey, as the device names it
    record SignedBody(
            @Nullable String id,
            @Nullable String clientData,
            @Nullable String authenticatorData,
            @Nullable String signature,
            @Nullable String userHandle) {}
}
