package dev.parley.users;

import dev.parley.shared.Letters;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An email address as its owner writes it, compared without case.
public record EmailAddress(String text) {
    // What RFC 5321 gives a path, less its brackets.
    private static final int LONGEST = 254;
    private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";
    // Quoted local parts and address literals exist on paper only. `localhost` is for an instance on one machine.
    private static final Pattern SANE = Pattern.compile("(?=[^@]{1,64}@)[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+"
            + "(?:\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:(?:" + LABEL + "\\.)+" + LABEL + "|localhost)");

    public static Optional<EmailAddress> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        String stripped = text.strip();
        if (stripped.length() > LONGEST) {
            return Optional.empty();
        }
        String composed = Letters.normal(stripped, Normalizer.Form.NFC);
        return composed.length() <= LONGEST && SANE.matcher(composed).matches()
                ? Optional.of(new EmailAddress(composed))
                : Optional.empty();
    }

    /// The same for all spellings of one address.
    public String key() {
        return Letters.lower(text);
    }

    String localPart() {
        return text.substring(0, text.indexOf('@'));
    }
}
