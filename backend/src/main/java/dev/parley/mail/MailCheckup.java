package dev.parley.mail;

import dev.parley.shared.Checkup;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether the mail server lets us in. No mail is sent.
class MailCheckup implements Checkup {
    private static final String ABOUT = "mail";

    private final MailProperties properties;

    MailCheckup(MailProperties properties) {
        this.properties = properties;
    }

    @Override
    public List<Finding> look() {
        if (properties.host().isEmpty()) {
            return List.of(
                    Finding.off(ABOUT, "No mails are sent, since EMAIL_HOST is not set; reset-link does without."));
        }
        return Stream.concat(Stream.of(greeted()), twoWays().stream()).toList();
    }

    private Optional<Finding> twoWays() {
        if (!properties.tls() || !properties.ssl()) {
            return Optional.empty();
        }
        return Optional.of(Finding.doubtful(
                ABOUT,
                "EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other, and EMAIL_USE_SSL counts; take one of them out."));
    }

    private Finding greeted() {
        String place = properties.host() + ":" + properties.effectivePort();
        try {
            new SmtpMailer(properties, Clock.systemUTC()).greet();
            return Finding.ok(ABOUT, "The mail server " + place + " lets us in.");
        } catch (AuthenticationFailedException e) {
            return Finding.broken(
                    ABOUT,
                    "The mail server " + place
                            + " does not accept EMAIL_HOST_USER and EMAIL_HOST_PASSWORD; check both.");
        } catch (MessagingException e) {
            return Finding.broken(
                    ABOUT,
                    "The mail server " + place + " could not be used: "
                            + String.valueOf(e.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                                    .replaceFirst("[.;]$", "")
                            + ". Check EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS and EMAIL_USE_SSL.");
        }
    }
}
