package dev.parley.models;

/// Makes text out of what arrives in parts, such that each part can be stored and sent alone: a surrogate pair that
/// two parts share goes with the second, and what PostgreSQL cannot store (NUL, half a pair) becomes U+FFFD.
final class SafeText {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char NONE = 0;

    private char held = NONE;

    /// A text that is there whole.
    static String of(String text) {
        if (isSafe(text)) {
            return text;
        }
        SafeText safe = new SafeText();
        return safe.add(text) + safe.rest();
    }

    /// @return what can be passed on now; may be empty
    String add(String part) {
        if (held == NONE && isSafe(part)) {
            return part;
        }
        StringBuilder safe = new StringBuilder(part.length() + 1);
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (held != NONE) {
                if (Character.isLowSurrogate(c)) {
                    safe.append(held).append(c);
                    held = NONE;
                    continue;
                }
                safe.append(REPLACEMENT);
                held = NONE;
            }
            if (Character.isHighSurrogate(c)) {
                held = c;
                continue;
            }
            safe.append(c == 0 || Character.isLowSurrogate(c) ? REPLACEMENT : c);
        }
        return safe.toString();
    }

    /// What was held back when nothing follows.
    String rest() {
        if (held == NONE) {
            return "";
        }
        held = NONE;
        return String.valueOf(REPLACEMENT);
    }

    private static boolean isSafe(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
