package dev.parley.mail;

/// Takes mails to their server.
public interface Mailer {
    /// Whether a server is set that takes mails.
    boolean isConfigured();

    /// Returns once the server has taken it.
    ///
    /// @throws IllegalStateException when it did not, with what it said
    void send(Mail mail);
}
