package dev.parley.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpMailerTest {
    private static final Mail MAIL = new Mail("ada@example.org", "Grüße", "Ein Satz mit „Zeichen“.\n", "de");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.setUser("parley", "secret");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private SmtpMailer mailer(String user, String password, boolean tls) {
        return new SmtpMailer(
                new MailProperties(
                        "127.0.0.1", server.getSmtp().getPort(), user, password, tls, false, "chat@example.org"),
                Clock.systemUTC());
    }

    @Test
    void sendsAsItIs() throws Exception {
        mailer("parley", "secret", false).send(MAIL);

        var mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Grüße");
        assertThat(String.valueOf(mail.getContent()).strip()).isEqualTo("Ein Satz mit „Zeichen“.");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("Content-Language")).containsExactly("de");
    }

    @Test
    void saysWhyNot() {
        assertThatThrownBy(() -> mailer("parley", "wrong", false).send(MAIL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("wrong\"");
        assertThatThrownBy(
                        () -> new SmtpMailer(new MailProperties("", null, "", "", false, false, ""), Clock.systemUTC())
                                .send(MAIL))
                .hasMessageContaining("EMAIL_HOST");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void sendsNothingInTheClearWhereTlsWasAskedFor() {
        assertThatThrownBy(() -> mailer("parley", "secret", true).send(MAIL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("STARTTLS");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void portsAreThoseOfTheWayIn() {
        assertThat(new MailProperties("h", null, "", "", false, false, "").effectivePort())
                .isEqualTo(25);
        assertThat(new MailProperties("h", null, "", "", true, false, "").effectivePort())
                .isEqualTo(587);
        assertThat(new MailProperties("h", null, "", "", false, true, "").effectivePort())
                .isEqualTo(465);
        assertThat(new MailProperties("h", 2525, "", "", true, false, "").effectivePort())
                .isEqualTo(2525);
    }
}
