package dev.parley.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Access tokens: JWTs that this instance signs and verifies by itself, with HS256 and nothing else.
final class AccessTokens {
    static final String ISSUER = "parley";

    private static final int SMALLEST_KEY = 32;
    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

    private final JWSSigner signer;
    private final JWSVerifier verifier;
    private final Duration lifetime;
    private final Clock clock;

    /// What a token turned out to be.
    sealed interface Verdict {
        record Valid(Caller caller) implements Verdict {}

        record Expired() implements Verdict {}

        record Invalid() implements Verdict {}
    }

    AccessTokens(byte[] key, Duration lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
        try {
            // HMAC fills a short key with zeros, so that filling it here, for a library that refuses short keys,
            // changes no signature: tokens can be verified by others with the key as it was set.
            byte[] filled = Arrays.copyOf(key, Math.max(key.length, SMALLEST_KEY));
            this.signer = new MACSigner(filled);
            this.verifier = new MACVerifier(filled);
        } catch (JOSEException e) {
            throw new IllegalStateException("The key for access tokens cannot be used.", e);
        }
    }

    Duration lifetime() {
        return lifetime;
    }

    String issue(UserId user, UUID session) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(user.toString())
                .claim("sid", session.toString())
                .jwtID(Ids.next().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        SignedJWT token = new SignedJWT(HEADER, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("An access token could not be signed.", e);
        }
        return token.serialize();
    }

    Verdict read(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) || !token.verify(verifier)) {
                return new Verdict.Invalid();
            }
            return verdict(token.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            return new Verdict.Invalid();
        }
    }

    private Verdict verdict(JWTClaimsSet claims) throws ParseException {
        UUID user = uuid(claims.getSubject());
        UUID session = uuid(claims.getStringClaim("sid"));
        Date expires = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        if (!ISSUER.equals(claims.getIssuer())
                || user == null
                || session == null
                || expires == null
                || issued == null) {
            return new Verdict.Invalid();
        }
        Instant now = clock.instant();
        // A token that was made while tokens lived longer ends with those of today: ended sessions are remembered only
        // as long as today's tokens live.
        boolean over = !now.isBefore(expires.toInstant())
                || !now.isBefore(issued.toInstant().plus(lifetime));
        return over ? new Verdict.Expired() : new Verdict.Valid(new Caller(new UserId(user), session));
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
