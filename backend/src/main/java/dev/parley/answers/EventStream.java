package dev.parley.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.answers.Event.Placed;
import dev.parley.chats.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// Writes events as `text/event-stream`. A delta is written by hand: it is the one thing that is written for every
/// token of every listener.
final class EventStream {
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(UTF_8);
    private static final byte[] TEXT = "\nevent: delta\ndata: {\"text\":\"".getBytes(UTF_8);
    private static final byte[] REASONING = "\nevent: reasoning\ndata: {\"text\":\"".getBytes(UTF_8);
    private static final byte[] END_OF_TEXT = "\"}\n\n".getBytes(UTF_8);
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    private final OutputStream out;
    private final JsonMapper json;
    private byte[] buffer = new byte[512];
    private int length;

    EventStream(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    void write(Placed placed) throws IOException {
        length = 0;
        put("id: " + placed.id());
        switch (placed.event()) {
            case Event.Delta(var kind, var text) -> {
                put(kind == Event.Kind.TEXT ? TEXT : REASONING);
                putEscaped(text);
                put(END_OF_TEXT);
            }
            case Event.Start(var question, var answer) -> putJson("start", new Begun(question, answer));
            case Event.Reset _ -> putJson("reset", Map.of());
            case Event.Done(var message) -> putJson("done", new Finished(message));
            case Event.Failed(var code, var sentence, var id) -> putJson("error", new Broken(code, sentence, id));
        }
        out.write(buffer, 0, length);
    }

    void keepAlive() throws IOException {
        out.write(KEEP_ALIVE);
    }

    void flush() throws IOException {
        out.flush();
    }

    private record Begun(Message userMessage, Message assistantMessage) {}

    private record Finished(Message message) {}

    private record Broken(String code, String message, UUID messageId) {}

    private void putJson(String name, Object data) {
        put("\nevent: " + name + "\ndata: ");
        put(json.writeValueAsBytes(data));
        put("\n\n");
    }

    private void put(String ascii) {
        put(ascii.getBytes(UTF_8));
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    /// JSON's escapes and UTF-8 in one pass. A UTF-16 unit takes at most six bytes.
    private void putEscaped(String text) {
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
