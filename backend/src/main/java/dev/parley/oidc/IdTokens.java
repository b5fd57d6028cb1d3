package dev.parley.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies ID tokens of one provider: its keys are fetched when first needed, kept, and fetched again for a key that
/// is not among them.
final class IdTokens {
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration LONGEST_AGO = Duration.ofMinutes(10);
    private static final long KEYS_KEPT_MILLIS = Duration.ofHours(1).toMillis();
    private static final long KEYS_PATIENCE_MILLIS = Duration.ofSeconds(15).toMillis();
    private static final int LONGEST_SUBJECT = 255;

    private final Metadata metadata;
    private final String clientId;
    private final JWKSource<SecurityContext> keys;

    IdTokens(Metadata metadata, String clientId, OidcHttp http) throws IOException {
        this.metadata = metadata;
        this.clientId = clientId;
        this.keys = JWKSourceBuilder.<SecurityContext>create(metadata.keys().toURL(), address -> fetch(address, http))
                .cache(KEYS_KEPT_MILLIS, KEYS_PATIENCE_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(true)
                .outageTolerant(true)
                .build();
    }

    /// @param shownAt when its person last showed the provider who they are; null when it does not say
    record Verified(JWTClaimsSet claims, @Nullable Instant shownAt) {}

    /// @throws IOException when the provider's keys could not be had
    Verified verify(String token, Attempt attempt, Instant now) throws IdentityRefused, IOException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(metadata.algorithms(), keys));
        JWTClaimsSet expected = new JWTClaimsSet.Builder()
                .issuer(metadata.issuer())
                .claim("nonce", attempt.nonce())
                .build();
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(clientId, expected, Set.of("sub", "iat", "exp"));
        claims.setMaxClockSkew((int) SKEW.toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
        try {
            JWTClaimsSet verified = processor.process(token, null);
            return new Verified(verified, check(verified, attempt, now));
        } catch (KeySourceException e) {
            throw new IOException("Its keys could not be had", e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new IdentityRefused("its ID token is not acceptable: " + e.getMessage(), e);
        }
    }

    /// What the specification asks for beyond signature, issuer, audience, expiry and nonce.
    ///
    /// @return when they showed who they are
    private @Nullable Instant check(JWTClaimsSet claims, Attempt attempt, Instant now)
            throws IdentityRefused, ParseException {
        String authorized = claims.getStringClaim("azp");
        if (authorized == null ? claims.getAudience().size() > 1 : !authorized.equals(clientId)) {
            throw new IdentityRefused("its ID token was made for another client");
        }
        String subject = claims.getSubject();
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT || subject.indexOf('\0') >= 0) {
            throw new IdentityRefused("its ID token names nobody");
        }
        Instant issued = claims.getIssueTime().toInstant();
        if (issued.isAfter(now.plus(SKEW))) {
            throw new IdentityRefused("its ID token is of the future");
        }
        Long seconds = claims.getLongClaim("auth_time");
        Instant shown = seconds == null ? null : Instant.ofEpochSecond(seconds);
        if (shown != null && shown.isAfter(now.plus(SKEW))) {
            throw new IdentityRefused("it has asked them in the future");
        }
        // Asked for max_age, it has to say when.
        if (attempt.afresh() && (shown == null || shown.isBefore(now.minus(LONGEST_AGO)))) {
            throw IdentityRefused.notAfresh(
                    shown == null ? "it does not say when it asked them" : "it took an earlier sign-in for a new one");
        }
        return shown;
    }

    private static Resource fetch(URL address, OidcHttp http) throws IOException {
        OidcHttp.Reply reply = http.get(URI.create(address.toString()));
        if (!reply.isOk()) {
            throw new IOException("Its keys were answered with " + reply.status());
        }
        return new Resource(reply.body(), "application/json");
    }
}
