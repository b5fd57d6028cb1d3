package dev.parley.gateway;

import dev.parley.gateway.Views.Choice;
import dev.parley.gateway.Views.Chunk;
import dev.parley.gateway.Views.ChunkChoice;
import dev.parley.gateway.Views.Delta;
import dev.parley.gateway.Views.Message;
import dev.parley.gateway.Views.Usage;
import dev.parley.models.Fallback;
import dev.parley.models.Piece;
import dev.parley.shared.ParleyException;
import dev.parley.web.OpenAiError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// One answer, told to the program that asked. What fails before the answer has begun is thrown, and has a status of
/// its own.
final class Answer {
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final String id;
    private final long created;
    private final CompletionRequest request;
    private final Line line;
    private final JsonMapper json;
    private final StopWords stops;

    /// @param created in seconds
    Answer(String id, long created, CompletionRequest request, Line line, JsonMapper json) {
        this.id = "chatcmpl-" + id;
        this.created = created;
        this.request = request;
        this.line = line;
        this.json = json;
        this.stops = new StopWords(request.stop());
    }

    void tell(Call call) throws IOException, InterruptedException {
        if (request.stream()) {
            stream(call);
        } else {
            whole(call);
        }
    }

    private void whole(Call call) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        boolean begun = false;
        Piece.@Nullable End end = null;
        while (end == null) {
            Piece piece = next(call);
            begun |= piece != null;
            if (begun) {
                line.keepAliveBeforeJson();
            }
            switch (piece) {
                case null -> {}
                case Piece.Text(String some) -> text.append(stops.add(some));
                case Piece.Reasoning(String some) -> reasoning.append(some);
                case Piece.End last -> {
                    text.append(stops.found() ? "" : stops.rest());
                    end = last;
                }
            }
        }
        Message message =
                new Message("assistant", text.toString(), null, reasoning.isEmpty() ? null : reasoning.toString());
        line.open(MediaType.APPLICATION_JSON_VALUE);
        line.write(json.writeValueAsBytes(new Views.Completion(
                id,
                "chat.completion",
                created,
                model(call),
                List.of(new Choice(0, message, null, end.reason().name())),
                Usage.of(end.usage()))));
        line.flush();
    }

    private void stream(Call call) throws IOException, InterruptedException {
        boolean begun = false;
        try {
            while (true) {
                Piece piece = next(call);
                if (piece == null) {
                    line.open(MediaType.TEXT_EVENT_STREAM_VALUE);
                    line.write(COMMENT);
                    line.flush();
                    continue;
                }
                if (!begun) {
                    begun = true;
                    event(call, new Delta("assistant", "", null), null);
                }
                switch (piece) {
                    case Piece.Text(String some) -> text(call, stops.add(some));
                    case Piece.Reasoning(String some) -> event(call, new Delta(null, null, some), null);
                    case Piece.End end -> {
                        text(call, stops.found() ? "" : stops.rest());
                        end(call, end);
                        return;
                    }
                }
                if (!call.ready()) {
                    line.flush();
                }
            }
        } catch (ParleyException e) {
            if (!begun && !line.hasBegun()) {
                throw e;
            }
            event(json.writeValueAsBytes(OpenAiError.of(e)));
            line.flush();
        }
    }

    /// The next piece of an answer, whose end comes early where a stop word was found.
    private @Nullable Piece next(Call call) throws InterruptedException {
        return stops.found() ? new Piece.End(new Piece.StopReason("stop"), call.usage()) : call.next(Line.BEAT);
    }

    private void text(Call call, String some) throws IOException {
        if (!some.isEmpty()) {
            event(call, new Delta(null, some, null), null);
        }
    }

    private void end(Call call, Piece.End end) throws IOException {
        event(call, Delta.NOTHING, end.reason().name());
        if (request.includeUsage()) {
            event(json.writeValueAsBytes(
                    new Chunk(id, "chat.completion.chunk", created, model(call), List.of(), Usage.of(end.usage()))));
        }
        line.write(DONE);
        line.flush();
    }

    private void event(Call call, Delta delta, @Nullable String reason) throws IOException {
        event(json.writeValueAsBytes(new Chunk(
                id,
                "chat.completion.chunk",
                created,
                model(call),
                List.of(new ChunkChoice(0, delta, null, reason)),
                null)));
    }

    private void event(byte[] data) throws IOException {
        line.open(MediaType.TEXT_EVENT_STREAM_VALUE);
        line.write("data: ".getBytes(StandardCharsets.UTF_8));
        line.write(data);
        line.write("\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private String model(Call call) {
        Fallback fallback = call.fallback();
        return fallback == null ? request.model() : fallback.model();
    }
}
