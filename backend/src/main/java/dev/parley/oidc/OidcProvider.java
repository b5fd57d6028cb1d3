package dev.parley.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The OpenID provider that is set, if one is: the authorization code flow with PKCE. Nothing is asked of it before
/// somebody wants to sign in.
@Service
public class OidcProvider {
    private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
    static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OidcProperties properties;
    private final JsonMapper json;
    private final Clock clock;
    private final OidcHttp http = new OidcHttp();
    private volatile @Nullable Known known;

    OidcProvider(OidcProperties properties, JsonMapper json, Clock clock) {
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    /// The provider as it described itself.
    private record Known(Metadata metadata, IdTokens tokens, Instant at) {}

    public boolean isConfigured() {
        return !properties.issuer().isEmpty();
    }

    /// What people call it; null when there is none.
    public @Nullable String name() {
        return isConfigured() ? properties.effectiveName() : null;
    }

    public Attempt attempt(URI redirect, boolean afresh) {
        return new Attempt(random(), random(), random(), redirect, afresh);
    }

    /// Where the browser goes.
    ///
    /// @throws ParleyException SERVICE_UNAVAILABLE while the provider does not answer
    public URI address(Attempt attempt) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", properties.clientId());
        parameters.put("redirect_uri", attempt.redirect().toString());
        parameters.put("scope", properties.scopes());
        parameters.put("state", attempt.state());
        parameters.put("nonce", attempt.nonce());
        parameters.put("code_challenge", challenge(attempt.verifier()));
        parameters.put("code_challenge_method", "S256");
        if (attempt.afresh()) {
            parameters.put("prompt", "login");
            parameters.put("max_age", "0");
        }
        URI endpoint = known().metadata().authorization();
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + form(parameters));
    }

    /// Exchanges the code that the browser brought back.
    ///
    /// @param issuer who the answer says that it is from; null where it does not say
    /// @throws ParleyException SERVICE_UNAVAILABLE while the provider does not answer
    public Identity identify(String code, @Nullable String issuer, Attempt attempt) throws IdentityRefused {
        Known provider = known();
        if (issuer != null && !issuer.equals(provider.metadata().issuer())) {
            throw new IdentityRefused("the answer is from another issuer");
        }
        try {
            JsonNode answer = exchange(code, attempt, provider.metadata());
            IdTokens.Verified token =
                    provider.tokens().verify(answer.path("id_token").asString(""), attempt, clock.instant());
            return identity(token, answer.path("access_token").asString(""), provider.metadata());
        } catch (IOException | JacksonException e) {
            throw away(e);
        }
    }

    private JsonNode exchange(String code, Attempt attempt, Metadata metadata) throws IOException, IdentityRefused {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", attempt.redirect().toString());
        parameters.put("code_verifier", attempt.verifier());
        String authorization = "";
        if (properties.clientSecret().isEmpty()) {
            parameters.put("client_id", properties.clientId());
        } else if (metadata.secretInForm()) {
            parameters.put("client_id", properties.clientId());
            parameters.put("client_secret", properties.clientSecret());
        } else {
            String pair = encoded(properties.clientId()) + ":" + encoded(properties.clientSecret());
            authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        }
        OidcHttp.Reply reply = http.post(metadata.token(), form(parameters), authorization);
        if (reply.status() >= 500 || reply.status() == 429) {
            throw new IOException("Its codes were answered with " + reply.status());
        }
        if (!reply.isOk()) {
            throw new IdentityRefused("it refuses the code (" + reply.status() + " " + errorOf(reply) + ")");
        }
        return json.readTree(reply.body());
    }

    private Identity identity(IdTokens.Verified token, String accessToken, Metadata metadata)
            throws IOException, IdentityRefused {
        JWTClaimsSet claims = token.claims();
        JsonNode told = json.valueToTree(claims.toJSONObject());
        URI userinfo = metadata.userinfo();
        if (told.path("email").asString("").isEmpty() && userinfo != null && !accessToken.isEmpty()) {
            OidcHttp.Reply reply = http.get(userinfo, accessToken);
            if (!reply.isOk()) {
                throw new IOException("Its userinfo was answered with " + reply.status());
            }
            told = json.readTree(reply.body());
            if (!claims.getSubject().equals(told.path("sub").asString(""))) {
                throw new IdentityRefused("its userinfo is somebody else's");
            }
        }
        String email = told.path("email").asString("");
        return new Identity(
                metadata.issuer(),
                claims.getSubject(),
                email.isEmpty() ? null : email,
                // Entra ID knows no email_verified, and says so of emails of a tenant's own domain.
                isTrue(told.path("email_verified")) || isTrue(told.path("xms_edov")),
                told.path("given_name").asString(""),
                told.path("family_name").asString(""),
                token.shownAt());
    }

    /// Some write it as text, or as a number.
    private static boolean isTrue(JsonNode claim) {
        return claim.isBoolean() ? claim.booleanValue() : Set.of("true", "1").contains(claim.asString(""));
    }

    /// What it said of itself within the last hour, or, while it cannot be asked, ever since the start.
    private Known known() {
        Known last = known;
        Instant now = clock.instant();
        if (last != null && last.at().plus(KEPT).isAfter(now)) {
            return last;
        }
        try {
            OidcHttp.Reply reply = http.get(URI.create(Metadata.withoutSlash(properties.issuer()) + WELL_KNOWN));
            if (!reply.isOk()) {
                throw new IOException("Its description was answered with " + reply.status());
            }
            Metadata metadata = Metadata.of(json.readTree(reply.body()), properties.issuer());
            Known fresh = last != null && last.metadata().equals(metadata)
                    ? new Known(metadata, last.tokens(), now)
                    : new Known(metadata, new IdTokens(metadata, properties.clientId(), http), now);
            known = fresh;
            return fresh;
        } catch (IOException | JacksonException e) {
            if (last != null) {
                LOG.warn("The OpenID provider could not be asked again: {}", e.getMessage());
                return last;
            }
            throw away(e);
        }
    }

    private ParleyException away(Exception cause) {
        LOG.warn("The OpenID provider {} cannot be used: {}", properties.issuer(), cause.toString());
        return new ParleyException(
                CommonError.SERVICE_UNAVAILABLE,
                properties.effectiveName()
                        + " does not answer at the moment. Sign in another way, or try again shortly.");
    }

    /// One of a few words, and nothing else that a stranger may have written.
    private String errorOf(OidcHttp.Reply reply) {
        try {
            String error = json.readTree(reply.body()).path("error").asString("");
            return error.matches("[a-z_]{1,40}") ? error : "without a reason";
        } catch (JacksonException e) {
            return "without a reason";
        }
    }

    private static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
