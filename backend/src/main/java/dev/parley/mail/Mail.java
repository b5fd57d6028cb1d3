package dev.parley.mail;

/// A mail in plain text to one person.
///
/// @param language of the text, a BCP 47 tag
public record Mail(String to, String subject, String text, String language) {
    /// What a mail says may open an account: never in a log.
    @Override
    public String toString() {
        return "Mail[…]";
    }
}
