package dev.parley.mail;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param host empty: no mail is sent
/// @param port null: 465 with `ssl`, 587 with `tls`, else 25
/// @param user empty: without signing in
/// @param tls begins in the clear and goes on with STARTTLS, or not at all
/// @param ssl TLS from the first byte
/// @param from whom the mails are from; empty: `parley@` the host
@Validated
@ConfigurationProperties("parley.mail")
record MailProperties(
        @NotNull @DefaultValue("") String host,
        @Nullable Integer port,
        @NotNull @DefaultValue("") String user,
        @NotNull @DefaultValue("") String password,
        @DefaultValue("false") boolean tls,
        @DefaultValue("false") boolean ssl,
        @NotNull @DefaultValue("") String from) {
    private static final int PLAIN = 25;
    private static final int STARTTLS = 587;
    private static final int SSL = 465;

    int effectivePort() {
        if (port != null) {
            return port;
        }
        if (ssl) {
            return SSL;
        }
        return tls ? STARTTLS : PLAIN;
    }

    String effectiveFrom() {
        return from.isEmpty() ? "Parley <parley@" + host + ">" : from;
    }

    /// Never in a log.
    @Override
    public String toString() {
        return "MailProperties[" + host + ":" + effectivePort() + "]";
    }
}
