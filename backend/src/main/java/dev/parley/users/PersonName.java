package dev.parley.users;

import dev.parley.shared.FieldErrors;
import org.jspecify.annotations.Nullable;

/// The rule of first and last names: short, on one line, otherwise as people are called.
final class PersonName {
    private static final int LONGEST = 150;

    private PersonName() {}

    static String check(String field, @Nullable String name, FieldErrors errors) {
        String stripped = name == null ? "" : name.strip();
        if (stripped.codePointCount(0, stripped.length()) > LONGEST) {
            errors.add(field, "A name has at most " + LONGEST + " characters.");
        }
        if (stripped.codePoints().anyMatch(PersonName::isNoCharacter)) {
            errors.add(field, "A name is one line of text.");
        }
        return stripped;
    }

    private static boolean isNoCharacter(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
