package dev.parley.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// JSON in UTF-8, written piece by piece: for what is written for every token of every listener, where a mapper would
/// be most of the cost.
public final class JsonBuffer {
    private static final int SMALL = 512;
    private static final int LARGE = 64 * 1024;
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    private byte[] buffer = new byte[SMALL];
    private int length;

    /// Begins anew, and gives back what an unusually long text has taken.
    public JsonBuffer clear() {
        if (buffer.length > LARGE) {
            buffer = new byte[SMALL];
        }
        length = 0;
        return this;
    }

    public JsonBuffer put(byte[] utf8) {
        reserve(utf8.length);
        System.arraycopy(utf8, 0, buffer, length, utf8.length);
        length += utf8.length;
        return this;
    }

    public JsonBuffer put(String text) {
        return put(text.getBytes(UTF_8));
    }

    public JsonBuffer put(long number) {
        return put(Long.toString(number));
    }

    /// The inside of a JSON string: escapes and UTF-8 in one pass. A UTF-16 unit takes at most six bytes.
    public JsonBuffer putEscaped(String text) {
        reserve(text.length() * 6);
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x20 && unit < 0x80 && unit != '"' && unit != '\\') {
                buffer[length++] = (byte) unit;
            } else if (unit < 0x80) {
                putEscape(unit);
            } else if (unit < 0x800) {
                buffer[length++] = (byte) (0xc0 | (unit >> 6));
                buffer[length++] = (byte) (0x80 | (unit & 0x3f));
            } else if (Character.isHighSurrogate(unit) && i + 1 < text.length()) {
                int point = Character.toCodePoint(unit, text.charAt(++i));
                buffer[length++] = (byte) (0xf0 | (point >> 18));
                buffer[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                buffer[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                buffer[length++] = (byte) (0x80 | (point & 0x3f));
            } else {
                buffer[length++] = (byte) (0xe0 | (unit >> 12));
                buffer[length++] = (byte) (0x80 | ((unit >> 6) & 0x3f));
                buffer[length++] = (byte) (0x80 | (unit & 0x3f));
            }
        }
        return this;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(buffer, 0, length);
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, UTF_8);
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    private void putEscape(char unit) {
        buffer[length++] = '\\';
        switch (unit) {
            case '"', '\\' -> buffer[length++] = (byte) unit;
            case '\n' -> buffer[length++] = 'n';
            case '\r' -> buffer[length++] = 'r';
            case '\t' -> buffer[length++] = 't';
            default -> {
                buffer[length++] = 'u';
                buffer[length++] = '0';
                buffer[length++] = '0';
                buffer[length++] = HEX[unit >> 4];
                buffer[length++] = HEX[unit & 0xf];
            }
        }
    }
}
