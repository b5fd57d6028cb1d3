package dev.parley.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What the provider says of itself (OpenID Connect Discovery).
///
/// @param issuer as its ID tokens spell it
/// @param userinfo null when it has none
/// @param algorithms with which it signs, as far as we take them: public keys alone
/// @param secretInForm whether the client's secret has to stand in the form and not in a header
record Metadata(
        String issuer,
        URI authorization,
        URI token,
        URI keys,
        @Nullable URI userinfo,
        Set<JWSAlgorithm> algorithms,
        boolean secretInForm) {
    private static final Set<JWSAlgorithm> TAKEN = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.Ed25519,
            JWSAlgorithm.EdDSA);

    /// @param configured the issuer that was set, with or without a slash at its end
    static Metadata of(JsonNode document, String configured) throws IOException {
        String issuer = document.path("issuer").asString("");
        if (!withoutSlash(issuer).equals(withoutSlash(configured))) {
            throw new IOException("It calls itself another issuer: " + issuer);
        }
        String userinfo = document.path("userinfo_endpoint").asString("");
        Set<JWSAlgorithm> algorithms = words(document, "id_token_signing_alg_values_supported")
                .map(JWSAlgorithm::parse)
                .filter(TAKEN::contains)
                .collect(Collectors.toUnmodifiableSet());
        Set<String> ways =
                words(document, "token_endpoint_auth_methods_supported").collect(Collectors.toUnmodifiableSet());
        return new Metadata(
                issuer,
                endpoint(document, "authorization_endpoint", issuer),
                endpoint(document, "token_endpoint", issuer),
                endpoint(document, "jwks_uri", issuer),
                userinfo.isEmpty() ? null : endpoint(document, "userinfo_endpoint", issuer),
                algorithms.isEmpty() ? Set.of(JWSAlgorithm.RS256) : algorithms,
                ways.contains("client_secret_post") && !ways.contains("client_secret_basic"));
    }

    static String withoutSlash(String issuer) {
        return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    }

    /// Never in the clear where the issuer itself is not.
    private static URI endpoint(JsonNode document, String name, String issuer) throws IOException {
        String written = document.path(name).asString("");
        boolean acceptable =
                written.startsWith("https://") || (issuer.startsWith("http://") && written.startsWith("http://"));
        try {
            URI address = URI.create(written);
            if (acceptable && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("Its " + name + " is no address", e);
        }
        throw new IOException("Its " + name + " is no address that can be used");
    }

    private static Stream<String> words(JsonNode document, String name) {
        return StreamSupport.stream(document.path(name).spliterator(), false)
                .map(word -> word.asString(""))
                .filter(word -> !word.isEmpty());
    }
}
