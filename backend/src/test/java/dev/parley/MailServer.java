package dev.parley;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// The SMTP server that the application of the API's tests sends its mails to: real SMTP, kept in memory.
public final class MailServer {
    private static final GreenMail SHARED = start();

    private MailServer() {}

    public static List<MimeMessage> mailsTo(String email) {
        return Arrays.stream(SHARED.getReceivedMessages())
                .filter(mail -> isTo(mail, email))
                .toList();
    }

    /// Waits for it.
    public static MimeMessage mailTo(String email) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> mailsTo(email), mails -> !mails.isEmpty())
                .getFirst();
    }

    public static String textOf(MimeMessage mail) {
        try {
            return String.valueOf(mail.getContent());
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isTo(MimeMessage mail, String email) {
        try {
            return mail.getRecipients(Message.RecipientType.TO)[0].toString().equals(email);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GreenMail start() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("parley", "a password for mails");
        server.start();
        return server;
    }

    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "EMAIL_HOST=127.0.0.1",
                            "EMAIL_PORT=" + SHARED.getSmtp().getPort(),
                            "EMAIL_HOST_USER=parley",
                            "EMAIL_HOST_PASSWORD=a password for mails",
                            "DEFAULT_FROM_EMAIL=Parley <chat@example.org>",
                            "PARLEY_PUBLIC_URL=https://chat.example.org")
                    .applyTo(context);
        }
    }
}
