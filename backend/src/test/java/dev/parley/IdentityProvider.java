package dev.parley;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// An OpenID provider over HTTP, which holds its clients to the rules: known redirects, codes that are good once and
/// for
/// their client alone, PKCE. What it says of a person, and how it lies, is the test's to tell.
public final class IdentityProvider implements AutoCloseable {
    public static final String CLIENT = "parley";
    public static final String SECRET = "a secret / with: signs";
    public static final String NAME = "Campus";

    // Keys take long to make.
    private static final RSAKey FIRST = newKey();
    private static final RSAKey SOMEBODY_ELSES = newKey();
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient BROWSER = HttpClient.newHttpClient();
    private static final IdentityProvider SHARED = new IdentityProvider("https://chat.example.org/login/callback");

    private final HttpServer server;
    private final String redirect;
    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Person> accessTokens = new ConcurrentHashMap<>();
    private volatile RSAKey key = FIRST;

    /// How an ID token is falsified, if it is.
    public enum Lie {
        NONE,
        UNSIGNED,
        SIGNED_WITH_PUBLIC_KEY,
        SIGNED_BY_SOMEBODY_ELSE,
        NONCE,
        AUDIENCE,
        AUTHORIZED_PARTY,
        ISSUER,
        EXPIRED,
        FUTURE,
        NOBODY
    }

    /// @param claims of the ID token, beside those of the protocol
    /// @param userinfo what only the userinfo endpoint tells; null: it tells the same
    public record Person(
            String subject,
            Map<String, Object> claims,
            Lie lie,
            @Nullable Map<String, Object> userinfo) {
        public static Person of(String email) {
            return new Person(
                    UUID.randomUUID().toString(), Map.of("email", email, "email_verified", true), Lie.NONE, null);
        }

        public Person with(String claim, Object value) {
            Map<String, Object> more = new HashMap<>(claims);
            more.put(claim, value);
            return new Person(subject, Map.copyOf(more), lie, userinfo);
        }

        /// Who says now that it is them.
        public Person present() {
            return with("auth_time", Instant.now().getEpochSecond());
        }

        public Person lying(Lie how) {
            return new Person(subject, claims, how, userinfo);
        }

        public Person onlyInUserinfo() {
            Map<String, Object> told = new HashMap<>(claims);
            told.put("sub", subject);
            return new Person(subject, Map.of(), lie, told);
        }

        public Person whoseUserinfoIs(Map<String, Object> told) {
            return new Person(subject, Map.of(), lie, told);
        }
    }

    private record Grant(Person person, String redirect, String nonce, String challenge) {}

    public IdentityProvider(String redirect) {
        this.redirect = redirect;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        handle("/.well-known/openid-configuration", this::description);
        handle("/keys", _ -> new Reply(200, new JWKSet(key.toPublicJWK()).toString()));
        handle("/token", this::token);
        handle("/userinfo", this::userinfo);
        server.createContext("/authorize", this::authorize);
        server.start();
    }

    public static IdentityProvider shared() {
        return SHARED;
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What the provider sends the browser back with.
    public record Redirected(String address) {
        public String parameter(String name) {
            return String.valueOf(parameters(URI.create(address).getRawQuery()).get(name));
        }
    }

    /// Opens the address that the server told the browser, as this person.
    public Redirected signIn(String address, Person person) {
        String id = UUID.randomUUID().toString();
        people.put(id, person);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "&person=" + id)).build();
        try {
            HttpResponse<String> answer = BROWSER.send(request, HttpResponse.BodyHandlers.ofString());
            return new Redirected(answer.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new AssertionError("The provider refused: " + answer.body())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Its former key is gone.
    public void changeKey() {
        key = newKey();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Reply(int status, String body) {}

    private interface Answering {
        Reply answer(HttpExchange exchange) throws IOException;
    }

    private void handle(String path, Answering answering) {
        server.createContext(path, exchange -> {
            Reply reply = answering.answer(exchange);
            byte[] body = reply.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Reply description(HttpExchange exchange) {
        return new Reply(
                200,
                JSON.writeValueAsString(Map.of(
                        "issuer", issuer(),
                        "authorization_endpoint", issuer() + "/authorize?tenant=1",
                        "token_endpoint", issuer() + "/token",
                        "userinfo_endpoint", issuer() + "/userinfo",
                        "jwks_uri", issuer() + "/keys",
                        "id_token_signing_alg_values_supported", List.of("RS256", "HS256", "none"))));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        boolean right = redirect.equals(asked.get("redirect_uri"))
                && CLIENT.equals(asked.get("client_id"))
                && "1".equals(asked.get("tenant"))
                && "code".equals(asked.get("response_type"))
                && "S256".equals(asked.get("code_challenge_method"))
                && String.valueOf(asked.get("scope")).contains("openid");
        Person person = people.remove(String.valueOf(asked.get("person")));
        if (!right || person == null) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(
                code,
                new Grant(
                        person,
                        redirect,
                        String.valueOf(asked.get("nonce")),
                        String.valueOf(asked.get("code_challenge"))));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        redirect + "?code=" + code + "&state="
                                + URLEncoder.encode(String.valueOf(asked.get("state")), UTF_8) + "&iss="
                                + URLEncoder.encode(issuer(), UTF_8));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private Reply token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String pair = URLEncoder.encode(CLIENT, UTF_8) + ":" + URLEncoder.encode(SECRET, UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Reply(401, "{\"error\": \"invalid_client\"}");
        }
        Grant grant = codes.remove(String.valueOf(form.get("code")));
        if (grant == null
                || !grant.redirect().equals(form.get("redirect_uri"))
                || !grant.challenge().equals(challenge(String.valueOf(form.get("code_verifier"))))) {
            return new Reply(400, "{\"error\": \"invalid_grant\"}");
        }
        String accessToken = UUID.randomUUID().toString();
        accessTokens.put(accessToken, grant.person());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", accessToken);
        answer.put("token_type", "Bearer");
        answer.put("id_token", idToken(grant));
        return new Reply(200, JSON.writeValueAsString(answer));
    }

    private Reply userinfo(HttpExchange exchange) {
        String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        Person person = accessTokens.get(bearer.replaceFirst("^Bearer ", ""));
        return person == null || person.userinfo() == null
                ? new Reply(401, "{}")
                : new Reply(200, JSON.writeValueAsString(person.userinfo()));
    }

    private String idToken(Grant grant) {
        Person person = grant.person();
        Lie lie = person.lie();
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(lie == Lie.ISSUER ? "https://elsewhere.example.org" : issuer())
                .subject(lie == Lie.NOBODY ? "" : person.subject())
                .audience(lie == Lie.AUDIENCE ? "another client" : CLIENT)
                .issueTime(Date.from(lie == Lie.FUTURE ? now.plusSeconds(600) : now))
                .expirationTime(Date.from(now.plusSeconds(lie == Lie.EXPIRED ? -120 : 300)))
                .claim("nonce", lie == Lie.NONCE ? "another nonce" : grant.nonce());
        if (lie == Lie.AUTHORIZED_PARTY) {
            claims.claim("azp", "another client");
        }
        person.claims().forEach(claims::claim);
        return signed(claims.build(), lie);
    }

    private String signed(JWTClaimsSet claims, Lie lie) {
        if (lie == Lie.UNSIGNED) {
            return new PlainJWT(claims).serialize();
        }
        boolean secret = lie == Lie.SIGNED_WITH_PUBLIC_KEY;
        RSAKey signing = lie == Lie.SIGNED_BY_SOMEBODY_ELSE ? SOMEBODY_ELSES : key;
        JWSHeader header = new JWSHeader.Builder(secret ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(secret ? new MACSigner(key.toPublicKey().getEncoded()) : new RSASSASigner(signing));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        UnaryOperator<String> decoded = text -> URLDecoder.decode(text, UTF_8);
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(decoded.apply(parts[0]), decoded.apply(parts[1]));
        }
        return parameters;
    }

    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "PARLEY_OIDC_ISSUER=" + SHARED.issuer(),
                            "PARLEY_OIDC_CLIENT_ID=" + CLIENT,
                            "PARLEY_OIDC_CLIENT_SECRET=" + SECRET,
                            "PARLEY_OIDC_NAME=" + NAME)
                    .applyTo(context);
        }
    }
}
