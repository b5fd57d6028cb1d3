package dev.parley.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.Api;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;

/// Access tokens of a person that are none any more, or never were.
public final class Tokens {
    private final JWTClaimsSet claims;
    private final byte[] key;
    private final String ended;

    /// @param key which the server signs with
    public Tokens(Api api, Api.Account account, byte[] key) {
        this.key = key;
        try {
            claims = SignedJWT.parse(account.accessToken()).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
        Api.Account session = api.login(account.email());
        api.as(session).post("/api/v1/auth/logout");
        ended = session.accessToken();
    }

    public String ended() {
        return ended;
    }

    public String expired() {
        Instant past = Instant.now().minus(Duration.ofDays(1));
        return signed(
                new JWTClaimsSet.Builder(claims)
                        .issueTime(Date.from(past.minusSeconds(60)))
                        .expirationTime(Date.from(past))
                        .build(),
                key);
    }

    /// Signed by somebody else.
    public String madeUp() {
        byte[] another = Arrays.copyOf("some other key, which is as long as it has to be".getBytes(UTF_8), key.length);
        return signed(claims, another);
    }

    public String unsigned() {
        return new PlainJWT(claims).serialize();
    }

    private static String signed(JWTClaimsSet claims, byte[] key) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
