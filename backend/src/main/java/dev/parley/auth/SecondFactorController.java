package dev.parley.auth;

import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Second factor")
@RestController
@RequestMapping("/api/v1/auth/second-factor")
class SecondFactorController {
    private final SecondFactors factors;

    SecondFactorController(SecondFactors factors) {
        this.factors = factors;
    }

    @Operation(summary = "Whether signing in takes a code, and how many recovery codes are left")
    @GetMapping
    Envelope<StatusView> status(@CurrentUser UserId caller) {
        SecondFactors.Status status = factors.status(caller);
        return Envelope.ok(new StatusView(status.enabledAt() != null, status.enabledAt(), status.recoveryCodesLeft()));
    }

    @Operation(
            summary = "Makes a secret for an authenticator app",
            description = "It counts once `confirm` has seen a code of it. `uri` is for a QR code.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<PreparationView> prepare(
            @CurrentUser Caller caller, @RequestBody PasswordBody body, HttpServletRequest request) {
        SecondFactors.Preparation preparation =
                factors.prepare(caller, body.password(), request.getServerName(), request.getRemoteAddr());
        return Envelope.ok(new PreparationView(preparation.secret(), preparation.uri()));
    }

    @Operation(
            summary = "Turns the second factor on, with a code of the new secret",
            description = "The recovery codes are told this once; each is good for one time.")
    @PostMapping("/confirm")
    Envelope<CodesView> confirm(@CurrentUser Caller caller, @RequestBody CodeBody body, HttpServletRequest request) {
        return Envelope.ok(
                CodesView.of(factors.enable(caller, body.code(), request.getRemoteAddr())),
                "From now on signing in takes a code.");
    }

    @Operation(summary = "Makes new recovery codes; the old ones are void")
    @PostMapping("/recovery-codes")
    Envelope<CodesView> renewCodes(
            @CurrentUser Caller caller, @RequestBody PasswordAndCodeBody body, HttpServletRequest request) {
        return Envelope.ok(
                CodesView.of(factors.renewCodes(caller, body.password(), body.code(), request.getRemoteAddr())));
    }

    @Operation(summary = "Turns the second factor off, with the password and a code or a recovery code")
    @DeleteMapping
    Envelope<@Nullable Void> disable(
            @CurrentUser Caller caller, @RequestBody PasswordAndCodeBody body, HttpServletRequest request) {
        factors.disable(caller, body.password(), body.code(), request.getRemoteAddr());
        return Envelope.done("Signing in takes no code any more.");
    }

    record PasswordBody(@Nullable String password) {}

    record CodeBody(@Nullable String code) {}

    record PasswordAndCodeBody(
            @Nullable String password, @Nullable String code) {}

    record StatusView(boolean enabled, @Nullable Instant enabledAt, int recoveryCodesLeft) {}

    /// @param secret to be typed, in base32
    record PreparationView(String secret, String uri) {}

    record CodesView(List<String> recoveryCodes) {
        static CodesView of(List<RecoveryCode> codes) {
            return new CodesView(codes.stream().map(RecoveryCode::text).toList());
        }
    }
}
