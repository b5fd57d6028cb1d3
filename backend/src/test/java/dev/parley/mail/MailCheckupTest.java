package dev.parley.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailCheckupTest {
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.setUser("parley", "hush");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Finding look(String host, String password, boolean tls) {
        int port = server.getSmtp().getPort();
        return new MailCheckup(new MailProperties(host, port, "parley", password, tls, false, ""))
                .look()
                .getFirst();
    }

    @Test
    void noMailIsSent() {
        assertThat(look("127.0.0.1", "hush", false).verdict()).isEqualTo(Verdict.OK);
        assertThat(look("", "hush", false).verdict()).isEqualTo(Verdict.OFF);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void ofTwoWaysThatExcludeEachOtherItSaysWhichCounts() {
        MailProperties both =
                new MailProperties("127.0.0.1", server.getSmtp().getPort(), "parley", "hush", true, true, "");
        assertThat(new MailCheckup(both).look())
                .filteredOn(finding -> finding.verdict() == Verdict.DOUBTFUL)
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("EMAIL_USE_SSL counts"));
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() {
        String place = "127.0.0.1:" + server.getSmtp().getPort();
        assertThat(look("127.0.0.1", "wrong", false))
                .isEqualTo(Finding.broken(
                        "mail",
                        "The mail server " + place
                                + " does not accept EMAIL_HOST_USER and EMAIL_HOST_PASSWORD; check both."));
        assertThat(look("127.0.0.1", "hush", true).sentence())
                .startsWith("The mail server " + place + " could not be used: ")
                .endsWith(". Check EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS and EMAIL_USE_SSL.");
    }
}
