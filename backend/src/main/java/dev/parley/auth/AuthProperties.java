package dev.parley.auth;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param accessTokenLifetime how long a token opens doors without a look at the database
/// @param refreshTokenLifetime how long a device stays signed in without being used
/// @param registration whether strangers may make accounts; closed counts for the first one too
/// @param providerRegistration the same for who comes from an OpenID provider; null: as for others
/// @param adminChatAccess whether operators may read other people's chats
/// @param cookieSameSite none: for a web app on another site
/// @param allowedOrigins other origins whose pages may act for their users, as `https://host:port`
/// @param keyRequestsPerMinute how many requests each API key may make; 0: as many as its owner may
/// @param publicUrl what links in mails begin with, and where providers send people back to, without a slash at its end
@Validated
@ConfigurationProperties("parley.auth")
record AuthProperties(
        @NotNull @DefaultValue("30m") Duration accessTokenLifetime,
        @NotNull @DefaultValue("7d") Duration refreshTokenLifetime,
        @NotNull @DefaultValue("open") Registration registration,
        @Nullable Registration providerRegistration,
        @DefaultValue("off") boolean adminChatAccess,
        @NotNull @DefaultValue("lax") CookieSameSite cookieSameSite,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("1200") int keyRequestsPerMinute,
        @NotNull @DefaultValue("http://localhost:8000") String publicUrl) {
    enum Registration {
        OPEN,
        CLOSED
    }

    enum CookieSameSite {
        LAX,
        NONE
    }
}
