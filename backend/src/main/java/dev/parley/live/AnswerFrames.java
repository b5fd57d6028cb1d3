package dev.parley.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.answers.AnswerBegun;
import dev.parley.answers.Event;
import dev.parley.answers.Event.Placed;
import dev.parley.shared.JsonBuffer;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/// The events of one answer as frames. A delta is written by hand: it is what is written for every token.
final class AnswerFrames {
    /// In UTF-16 units. However they are escaped, the frame stays below 256 KiB.
    static final int LONGEST_TEXT = 40_000;

    private final JsonMapper json;
    private final byte[] text;
    private final byte[] reasoning;
    private final String place;
    private final JsonBuffer buffer = new JsonBuffer();

    AnswerFrames(AnswerBegun answer, JsonMapper json) {
        this.json = json;
        place = "\",\"chat_id\":\"" + answer.chatId() + "\",\"message_id\":\"" + answer.messageId() + "\",\"id\":";
        text = head("delta").getBytes(UTF_8);
        reasoning = head("reasoning").getBytes(UTF_8);
    }

    interface Sink {
        void accept(String frame) throws IOException;
    }

    void write(Placed placed, Sink sink) throws IOException {
        switch (placed.event()) {
            case Event.Delta(var kind, var all) ->
                writeText(kind == Event.Kind.TEXT ? text : reasoning, placed.id(), all, sink);
            case Event.Start(var question, var answer) ->
                sink.accept(begin("start", placed.id())
                        .put(",\"user_message\":")
                        .put(json.writeValueAsBytes(question))
                        .put(",\"assistant_message\":")
                        .put(json.writeValueAsBytes(answer))
                        .put("}")
                        .toString());
            case Event.Reset _ ->
                sink.accept(begin("reset", placed.id()).put("}").toString());
            case Event.Done(var message) ->
                sink.accept(begin("done", placed.id())
                        .put(",\"message\":")
                        .put(json.writeValueAsBytes(message))
                        .put("}")
                        .toString());
            case Event.Failed(var code, var sentence, var _) ->
                sink.accept(begin("error", placed.id())
                        .put(",\"code\":\"")
                        .putEscaped(code)
                        .put("\",\"message\":\"")
                        .putEscaped(sentence)
                        .put("\"}")
                        .toString());
        }
    }

    /// Long text goes in parts, each with the id of its own end: clients bound what they take in one frame.
    private void writeText(byte[] head, long id, String all, Sink sink) throws IOException {
        int from = 0;
        while (from < all.length()) {
            int to = end(all, from);
            sink.accept(buffer.clear()
                    .put(head)
                    .put(id - (all.length() - to))
                    .put(",\"text\":\"")
                    .putEscaped(from == 0 && to == all.length() ? all : all.substring(from, to))
                    .put("\"}")
                    .toString());
            from = to;
        }
    }

    private static int end(String all, int from) {
        int to = Math.min(all.length(), from + LONGEST_TEXT);
        boolean insidePair = to < all.length()
                && Character.isHighSurrogate(all.charAt(to - 1))
                && Character.isLowSurrogate(all.charAt(to));
        return insidePair ? to - 1 : to;
    }

    private JsonBuffer begin(String type, long id) {
        return buffer.clear().put(head(type)).put(id);
    }

    private String head(String type) {
        return "{\"type\":\"" + type + place;
    }
}
