package dev.parley.auth;

import dev.parley.jobs.Job;
import dev.parley.mail.Mail;
import dev.parley.mail.Mailer;
import dev.parley.shared.UserId;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Sends the link to a new password. The job's subject is the account's id, or one that nobody has: of that nothing
/// comes.
@Component
class ResetMail implements Job {
    static final String NAME = "mail-password-reset";

    private final Users users;
    private final ResetLinks links;
    private final Mailer mailer;

    ResetMail(Users users, ResetLinks links, Mailer mailer) {
        this.users = users;
        this.links = links;
        this.mailer = mailer;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// A mail server may be slow.
    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public Duration backoff() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void run(String account) {
        users.find(new UserId(UUID.fromString(account)))
                .filter(User::isActive)
                .ifPresent(user -> mailer.send(mail(user, links.makeForMail(user.id()))));
    }

    private Mail mail(User user, String link) {
        String language = users.preferences(user.id()).language();
        return language != null && language.startsWith("de") ? german(user.email(), link) : english(user.email(), link);
    }

    private static Mail english(String to, String link) {
        return new Mail(to, "A new password for Parley", """
                Hello,

                somebody asked for a new password for your Parley account. If it was you, choose one within an hour:

                %s

                If it was not you, do nothing: your password stays as it is.
                """.formatted(link), "en");
    }

    private static Mail german(String to, String link) {
        return new Mail(to, "Ein neues Passwort für Parley", """
                Hallo,

                jemand hat ein neues Passwort für dein Parley-Konto verlangt. Wenn du es warst, wähle es innerhalb einer Stunde:

                %s

                Wenn du es nicht warst, tu nichts: Dein Passwort bleibt, wie es ist.
                """.formatted(link), "de");
    }
}
