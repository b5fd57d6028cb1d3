package dev.parley.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.answers.Event.Placed;
import dev.parley.chats.Message;
import dev.parley.shared.JsonBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// Writes events as `text/event-stream`. A delta is written by hand: it is the one thing that is written for every
/// token of every listener.
final class EventStream {
    private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(UTF_8);
    private static final byte[] ID = "id: ".getBytes(UTF_8);
    private static final byte[] TEXT = "\nevent: delta\ndata: {\"text\":\"".getBytes(UTF_8);
    private static final byte[] REASONING = "\nevent: reasoning\ndata: {\"text\":\"".getBytes(UTF_8);
    private static final byte[] END_OF_TEXT = "\"}\n\n".getBytes(UTF_8);

    private final OutputStream out;
    private final JsonMapper json;
    private final JsonBuffer buffer = new JsonBuffer();

    EventStream(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    void write(Placed placed) throws IOException {
        buffer.clear().put(ID).put(placed.id());
        switch (placed.event()) {
            case Event.Delta(var kind, var text) ->
                buffer.put(kind == Event.Kind.TEXT ? TEXT : REASONING)
                        .putEscaped(text)
                        .put(END_OF_TEXT);
            case Event.Start(var question, var answer) -> putJson("start", new Begun(question, answer));
            case Event.Reset _ -> putJson("reset", Map.of());
            case Event.Done(var message) -> putJson("done", new Finished(message));
            case Event.Failed(var code, var sentence, var id) -> putJson("error", new Broken(code, sentence, id));
        }
        buffer.writeTo(out);
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
        buffer.put("\nevent: ").put(name).put("\ndata: ");
        buffer.put(json.writeValueAsBytes(data)).put("\n\n");
    }
}
