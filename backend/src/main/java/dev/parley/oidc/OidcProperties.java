package dev.parley.oidc;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param issuer empty: there is no provider
/// @param clientSecret empty: we are a public client, whom PKCE alone protects
/// @param name what people call the provider; empty: its host
/// @param scopes separated by blanks, `openid` among them
@Validated
@ConfigurationProperties("parley.oidc")
record OidcProperties(
        @NotNull @DefaultValue("") String issuer,
        @NotNull @DefaultValue("") String clientId,
        @NotNull @DefaultValue("") String clientSecret,
        @NotNull @DefaultValue("") String name,
        @NotNull @DefaultValue("openid email profile") String scopes) {
    String effectiveName() {
        return name.isEmpty() ? String.valueOf(URI.create(issuer).getHost()) : name;
    }

    /// Never in a log.
    @Override
    public String toString() {
        return "OidcProperties[" + issuer + "]";
    }
}
