package dev.parley.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import org.springframework.stereotype.Component;

/// Speaks SMTP. Nothing of it is loaded before the first mail.
@Component
class SmtpMailer implements Mailer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MailProperties properties;
    private final Clock clock;

    SmtpMailer(MailProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public boolean isConfigured() {
        return !properties.host().isEmpty();
    }

    @Override
    public void send(Mail mail) {
        if (!isConfigured()) {
            throw new IllegalStateException("No mail server is set: EMAIL_HOST says which.");
        }
        Session session = Session.getInstance(connection());
        try (Transport transport = session.getTransport()) {
            MimeMessage message = message(mail, session);
            signIn(transport);
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw new IllegalStateException("The mail server did not take a mail: " + e.getMessage(), e);
        }
    }

    /// Signs in and sends nothing.
    ///
    /// @throws MessagingException when the server does not let us
    void greet() throws MessagingException {
        try (Transport transport = Session.getInstance(connection()).getTransport()) {
            signIn(transport);
        }
    }

    private void signIn(Transport transport) throws MessagingException {
        if (properties.user().isEmpty()) {
            transport.connect();
        } else {
            transport.connect(properties.user(), properties.password());
        }
    }

    private MimeMessage message(Mail mail, Session session) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(properties.effectiveFrom()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
        message.setSubject(mail.subject(), UTF_8.name());
        message.setText(mail.text(), UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Content-Language", mail.language());
        // Automatic answers, such as of those who are on holiday, are for nobody here.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private Properties connection() {
        String protocol = properties.ssl() ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        String patience = String.valueOf(PATIENCE.toMillis());
        Properties connection = new Properties();
        connection.setProperty("mail.transport.protocol", protocol);
        connection.setProperty("mail.mime.allowutf8", "true");
        connection.setProperty(prefix + "host", properties.host());
        connection.setProperty(prefix + "port", String.valueOf(properties.effectivePort()));
        connection.setProperty(
                prefix + "auth", String.valueOf(!properties.user().isEmpty()));
        connection.setProperty(prefix + "starttls.enable", String.valueOf(properties.tls()));
        connection.setProperty(prefix + "starttls.required", String.valueOf(properties.tls()));
        connection.setProperty(prefix + "ssl.checkserveridentity", "true");
        connection.setProperty(prefix + "connectiontimeout", patience);
        connection.setProperty(prefix + "timeout", patience);
        connection.setProperty(prefix + "writetimeout", patience);
        return connection;
    }
}
