package dev.parley.oidc;

import dev.parley.shared.Checkup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Whether the OpenID provider describes itself, and people come back from it to where they were. Nobody signs in.
class OidcCheckup implements Checkup {
    private static final String ABOUT = "sign-in";

    private final OidcProperties properties;
    private final String publicUrl;
    private final OidcHttp http = new OidcHttp();

    OidcCheckup(OidcProperties properties, @Value("${PARLEY_PUBLIC_URL:}") String publicUrl) {
        this.properties = properties;
        this.publicUrl = publicUrl;
    }

    @Override
    public List<Finding> look() {
        if (properties.issuer().isEmpty()) {
            return List.of(Finding.off(
                    ABOUT, "PARLEY_OIDC_ISSUER is not set: people sign in with a password or a passkey alone."));
        }
        try {
            OidcHttp.Reply reply =
                    http.get(URI.create(Metadata.withoutSlash(properties.issuer()) + OidcProvider.WELL_KNOWN));
            if (!reply.isOk()) {
                return List.of(broken(OidcProvider.WELL_KNOWN + " there was answered with " + reply.status()));
            }
            Metadata metadata = Metadata.of(JsonMapper.shared().readTree(reply.body()), properties.issuer());
            return List.of(http.get(metadata.keys()).isOk() ? back() : broken("It does not show its keys"));
        } catch (JacksonException e) {
            return List.of(broken("What it says of itself is no JSON"));
        } catch (IOException e) {
            return List.of(broken(reason(e, e.getCause())));
        }
    }

    private Finding back() {
        return publicUrl.isEmpty()
                ? Finding.doubtful(
                        ABOUT,
                        properties.issuer() + " answers, and sends people back to localhost;"
                                + " set PARLEY_PUBLIC_URL to the address that they open.")
                : Finding.ok(
                        ABOUT,
                        properties.issuer() + " answers; it has to know " + publicUrl + "/login/callback"
                                + " as a redirect address.");
    }

    private Finding broken(String reason) {
        return Finding.broken(
                ABOUT,
                properties.issuer() + " cannot be used: " + reason
                        + ". Check PARLEY_OIDC_ISSUER, and whether this machine can reach it.");
    }

    private static String reason(IOException failure, @Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "nothing answers there";
        }
        return String.valueOf(
                cause == null || cause instanceof TimeoutException ? failure.getMessage() : cause.getMessage());
    }
}
