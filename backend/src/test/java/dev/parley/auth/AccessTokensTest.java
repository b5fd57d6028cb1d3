package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.SettableClock;
import dev.parley.auth.AccessTokens.Verdict;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final byte[] KEY =
            "a key of more than thirty-two bytes, to be sure of it, sixty-four at least".getBytes(UTF_8);

    private final SettableClock clock = new SettableClock();
    private final AccessTokens tokens = new AccessTokens(KEY, LIFETIME, clock);
    private final UserId user = new UserId(Ids.next());
    private final UUID session = Ids.next();

    @Test
    void saysWhoseItIs() {
        assertThat(tokens.read(tokens.issue(user, session))).isEqualTo(new Verdict.Valid(new Caller(user, session)));
    }

    @Test
    void hasTheClaimsOfTheContract() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(tokens.issue(user, session)).getJWTClaimsSet();

        assertThat(claims.getClaims()).containsOnlyKeys("iss", "sub", "sid", "jti", "iat", "exp");
        assertThat(claims.getSubject()).isEqualTo(user.toString());
        assertThat(claims.getStringClaim("sid")).isEqualTo(session.toString());
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(LIFETIME);
    }

    @Test
    void expires() {
        String token = tokens.issue(user, session);
        clock.pass(LIFETIME.minusSeconds(1));
        assertThat(tokens.read(token)).isInstanceOf(Verdict.Valid.class);

        clock.pass(Duration.ofSeconds(1));

        assertThat(tokens.read(token)).isEqualTo(new Verdict.Expired());
    }

    @Test
    void oneMadeForALongerLifeEndsWithTheOthers() {
        String token = new AccessTokens(KEY, Duration.ofDays(1), clock).issue(user, session);
        clock.pass(LIFETIME);

        assertThat(tokens.read(token)).isEqualTo(new Verdict.Expired());
    }

    @Test
    void onlyOurKeyCounts() {
        AccessTokens others =
                new AccessTokens("another key of more than thirty-two bytes".getBytes(UTF_8), LIFETIME, clock);

        assertThat(tokens.read(others.issue(user, session))).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void onlyHs256Counts() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(tokens.issue(user, session)).getJWTClaimsSet();
        SignedJWT stronger = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims);
        stronger.sign(new MACSigner(KEY));

        assertThat(tokens.read(stronger.serialize())).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.read(new PlainJWT(claims).serialize())).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void everyClaimIsNeeded() throws Exception {
        assertThat(tokens.read(signed(claims -> claims))).isInstanceOf(Verdict.Valid.class);
        assertThat(tokens.read(signed(claims -> claims.subject(null)))).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.read(signed(claims -> claims.subject("admin")))).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.read(signed(claims -> claims.claim("sid", null)))).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.read(signed(claims -> claims.claim("sid", 5)))).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.read(signed(claims -> claims.issuer("others")))).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.read(signed(claims -> claims.expirationTime(null)))).isEqualTo(new Verdict.Invalid());
        assertThat(tokens.read(signed(claims -> claims.issueTime(null)))).isEqualTo(new Verdict.Invalid());
    }

    @Test
    void whatIsNoTokenIsInvalid() {
        String token = tokens.issue(user, session);
        for (String text : new String[] {"", "x", "a.b.c", token.substring(1), token + "x", token.replace('.', ' ')}) {
            assertThat(tokens.read(text)).as(text).isEqualTo(new Verdict.Invalid());
        }
    }

    @Test
    void withAShortKeyTheSignatureIsStillTheStandardOne() throws GeneralSecurityException {
        byte[] key = "short".getBytes(UTF_8);
        String token = new AccessTokens(key, LIFETIME, clock).issue(user, session);

        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        int dot = token.lastIndexOf('.');
        byte[] signature = hmac.doFinal(token.substring(0, dot).getBytes(UTF_8));

        assertThat(token.substring(dot + 1))
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(AccessTokens.ISSUER)
                .subject(user.toString())
                .claim("sid", session.toString())
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(LIFETIME)));
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256), change.apply(claims).build());
        token.sign(new MACSigner(KEY));
        return token.serialize();
    }
}
