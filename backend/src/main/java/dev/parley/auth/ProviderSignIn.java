package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.oidc.Attempt;
import dev.parley.oidc.Identity;
import dev.parley.oidc.IdentityRefused;
import dev.parley.oidc.OidcProvider;
import dev.parley.settings.SecretBox;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Signing in with an OpenID provider. What has to be remembered meanwhile is sealed in a cookie of the browser where
/// it
/// began, so that it can be ended there and nowhere else, and whoever only begins fills no table.
@Service
class ProviderSignIn {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignIn.class);
    /// How long somebody may take at the provider.
    static final Duration PATIENCE = Duration.ofMinutes(10);
    /// The page of the web app that the provider sends the browser back to.
    static final String CALLBACK = "/login/callback";
    private static final String PLACE = "provider_sign_in";

    private final OidcProvider provider;
    private final Identities identities;
    private final SignIn signIn;
    private final SignInLimits limits;
    private final SecretBox box;
    private final JsonMapper json;
    private final URI redirect;
    private final Clock clock;

    ProviderSignIn(
            OidcProvider provider,
            Identities identities,
            SignIn signIn,
            SignInLimits limits,
            SecretBox box,
            JsonMapper json,
            AuthProperties properties,
            Clock clock) {
        this.provider = provider;
        this.identities = identities;
        this.signIn = signIn;
        this.limits = limits;
        this.box = box;
        this.json = json;
        this.redirect = URI.create(properties.publicUrl() + CALLBACK);
        this.clock = clock;
        if (provider.isConfigured() && properties.publicUrl().startsWith("http://localhost")) {
            LOG.warn("The OpenID provider sends people back to {}: PARLEY_PUBLIC_URL says what they open.", redirect);
        }
    }

    /// @param address where the browser goes
    /// @param memory for the browser, and not for its scripts
    record Begun(URI address, String memory) {}

    /// Somebody who is in.
    ///
    /// @param next where they were going
    record Entered(SignIn.Entry entry, String next, boolean formerWaysEnded) {}

    /// What is sealed in the cookie.
    ///
    /// @param present who was signed in; null: nobody
    record Memory(Attempt attempt, String next, @Nullable UUID present, Instant until) {}

    /// @param afresh whether an earlier sign-in there shall not do
    Begun begin(@Nullable String next, boolean afresh, @Nullable UserId present, String address) {
        requireConfigured();
        limits.provider(address);
        Attempt attempt = provider.attempt(redirect, afresh);
        Memory memory = new Memory(
                attempt,
                ReturnPath.of(next),
                present == null ? null : present.value(),
                clock.instant().plus(PATIENCE));
        return new Begun(provider.address(attempt), box.seal(PLACE, json.writeValueAsBytes(memory)));
    }

    /// @param memory as the browser brought it back; null when it brought none
    /// @throws ParleyException TOKEN_EXPIRED when it began elsewhere or too long ago; INVALID_CREDENTIALS when the
    ///     provider does not stand for what the browser brought
    Entered complete(
            @Nullable String memory,
            @Nullable String state,
            @Nullable String code,
            @Nullable String issuer,
            Device device) {
        requireConfigured();
        limits.provider(device.ip());
        Memory begun = opened(memory, state);
        Identity who = identify(code == null ? "" : code, issuer, begun.attempt());
        UserId present = begun.present() == null ? null : new UserId(begun.present());
        Identities.Admission admission = identities.admit(who, name(), present, device);
        return new Entered(signIn.entered(admission.step(), begun.next()), begun.next(), admission.formerWaysEnded());
    }

    private Identity identify(String code, @Nullable String issuer, Attempt attempt) {
        try {
            return provider.identify(code, issuer, attempt);
        } catch (IdentityRefused e) {
            LOG.warn("Nobody was signed in by the OpenID provider: {}", e.getMessage());
            throw new ParleyException(
                    AuthError.INVALID_CREDENTIALS,
                    e.isNotAfresh()
                            ? name() + " did not confirm that it asked just now who you are. Sign in with a passkey, or"
                                    + " choose a password with a link."
                            : name() + " did not confirm who you are. Begin again.");
        }
    }

    private Memory opened(@Nullable String memory, @Nullable String state) {
        if (memory == null || state == null) {
            throw over();
        }
        try {
            Memory begun = json.readValue(new String(box.open(PLACE, memory), UTF_8), Memory.class);
            if (!begun.attempt().state().equals(state) || begun.until().isBefore(clock.instant())) {
                throw over();
            }
            return begun;
        } catch (SecretBox.Sealed e) {
            throw over();
        }
    }

    private void requireConfigured() {
        if (!provider.isConfigured()) {
            throw ParleyException.notFound("provider");
        }
    }

    private String name() {
        return String.valueOf(provider.name());
    }

    private static ParleyException over() {
        return new ParleyException(
                AuthError.TOKEN_EXPIRED, "This sign-in was begun elsewhere, or too long ago. Begin again.");
    }
}
