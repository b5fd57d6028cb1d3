package dev.parley.auth;

import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import dev.parley.web.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "API keys")
@RestController
@RequestMapping("/api/v1/auth/keys")
class ApiKeyController {
    private final ApiKeys keys;
    private final SignInLimits limits;

    ApiKeyController(ApiKeys keys, SignInLimits limits) {
        this.keys = keys;
        this.limits = limits;
    }

    @Operation(summary = "The personal API keys, newest first; never their secrets")
    @GetMapping
    Envelope<Page<KeyView>> list(
            @CurrentUser UserId caller,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return Envelope.ok(keys.list(caller, new PageRequest(limit, cursor)).map(KeyView::of));
    }

    @Operation(
            summary = "Makes an API key, whose secret is told this once",
            description =
                    "It is sent as `Authorization: Bearer parley_…`. Scopes are `chats`, `models` and `memories`; "
                            + "all of them when none is named. No key manages the account: 403 there.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<NewKeyView> make(@CurrentUser Caller caller, @RequestBody MakeBody body) {
        limits.newKey(caller.user());
        return Envelope.ok(
                NewKeyView.of(keys.make(caller, body.name(), body.scopes(), body.expiresAt())),
                "Keep the key now: it is not shown again.");
    }

    @Operation(summary = "Deletes an API key, and ends what is open in its name")
    @DeleteMapping("/{id}")
    Envelope<@Nullable Void> delete(@CurrentUser UserId caller, @PathVariable UUID id) {
        keys.delete(id, caller);
        return Envelope.done("The key is gone.");
    }

    record MakeBody(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable Instant expiresAt) {}

    record KeyView(
            UUID id,
            String name,
            String prefix,
            List<Scope> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        static KeyView of(ApiKey key) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    key.scopes(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt());
        }
    }

    /// @param key the whole secret
    record NewKeyView(
            UUID id,
            String name,
            String prefix,
            List<Scope> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            String key) {
        static NewKeyView of(ApiKeys.Made made) {
            ApiKey key = made.key();
            return new NewKeyView(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    key.scopes(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt(),
                    made.secret().text());
        }
    }
}
