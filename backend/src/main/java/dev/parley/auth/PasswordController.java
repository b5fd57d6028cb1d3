package dev.parley.auth;

import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What takes the password once more.
@RestController
class PasswordController {
    private final Passwords passwords;
    private final TokenCookies cookies;

    PasswordController(Passwords passwords, TokenCookies cookies) {
        this.passwords = passwords;
        this.cookies = cookies;
    }

    @Tag(name = "Signing in")
    @Operation(summary = "Changes the password and signs every other device out")
    @PostMapping("/api/v1/auth/password")
    Envelope<@Nullable Void> change(
            @CurrentUser Caller caller, @RequestBody ChangeBody body, HttpServletRequest request) {
        passwords.change(caller, body.currentPassword(), body.newPassword(), request.getRemoteAddr());
        return Envelope.done("Password changed.");
    }

    @Tag(name = "Profile")
    @Operation(summary = "Deletes the account and everything that it owns, for good")
    @DeleteMapping("/api/v1/users/profile")
    Envelope<@Nullable Void> deleteAccount(
            @CurrentUser Caller caller,
            @RequestBody DeleteBody body,
            HttpServletRequest request,
            HttpServletResponse response) {
        passwords.deleteAccount(caller, body.password(), request.getRemoteAddr());
        cookies.clearAll(request, response);
        return Envelope.done("The account is gone.");
    }

    record ChangeBody(
            @Nullable String currentPassword, @Nullable String newPassword) {}

    record DeleteBody(@Nullable String password) {}
}
