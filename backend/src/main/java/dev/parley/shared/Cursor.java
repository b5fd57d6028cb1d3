package dev.parley.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A place in a keyset: the sort keys of the last row of a page, opaque to clients.
public record Cursor(List<String> keys) {
    private static final String SEPARATOR = "|";
    private static final int LONGEST = 400;
    /// No list holds other times, and the database could not compare with all of them.
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public static Cursor of(Object... keys) {
        return new Cursor(java.util.Arrays.stream(keys).map(Object::toString).toList());
    }

    public String encoded() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, keys).getBytes(UTF_8));
    }

    /// @param text as a client sent it
    /// @param size how many keys this list's cursors have
    /// @throws ParleyException MALFORMED_REQUEST when it is not one of ours
    public static @Nullable Cursor parse(@Nullable String text, int size) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > LONGEST) {
            throw foreign();
        }
        try {
            String joined = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            List<String> keys = List.of(joined.split("\\|", -1));
            if (keys.size() != size) {
                throw foreign();
            }
            return new Cursor(keys);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    public Instant instant(int index) {
        try {
            Instant time = Instant.parse(keys.get(index));
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw foreign();
            }
            return time;
        } catch (DateTimeException e) {
            throw foreign();
        }
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(keys.get(index));
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    public double number(int index) {
        try {
            return Double.parseDouble(keys.get(index));
        } catch (NumberFormatException e) {
            throw foreign();
        }
    }

    public boolean flag(int index) {
        return switch (keys.get(index)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw foreign();
        };
    }

    private static ParleyException foreign() {
        return new ParleyException(CommonError.MALFORMED_REQUEST, "The cursor is not one that this list gave.");
    }
}
