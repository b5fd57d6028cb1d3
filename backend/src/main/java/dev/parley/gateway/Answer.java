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
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// One answer, told to the program that asked. What fails before the answer has begun is thrown, and has a status of
/// its
/// own; from then on the line is spoken on now and then, because nothing else shows that the client has gone.
final class Answer {
    /// Between two signs of life.
    private static final Duration BEAT = Duration.ofSeconds(5);

    private static final byte[] SPACE = {' '};
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final String id;
    private final long created;
    private final CompletionRequest request;
    private final HttpServletResponse response;
    private final JsonMapper json;
    private final StopWords stops;

    /// @param created in seconds
    Answer(String id, long created, CompletionRequest request, HttpServletResponse response, JsonMapper json) {
        this.id = "chatcmpl-" + id;
        this.created = created;
        this.request = request;
        this.response = response;
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

    /// White space before JSON means nothing to who reads it.
    private void whole(Call call) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        boolean begun = false;
        Piece.@Nullable End end = null;
        while (end == null) {
            Piece piece = next(call);
            begun |= piece != null;
            switch (piece) {
                case null -> {
                    if (begun) {
                        open(MediaType.APPLICATION_JSON_VALUE);
                        // Compressed, a space would wait for more.
                        response.setHeader(HttpHeaders.CONTENT_ENCODING, "identity");
                        write(SPACE);
                        flush();
                    }
                }
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
        open(MediaType.APPLICATION_JSON_VALUE);
        write(json.writeValueAsBytes(new Views.Completion(
                id,
                "chat.completion",
                created,
                model(call),
                List.of(new Choice(0, message, null, end.reason().name())),
                Usage.of(end.usage()))));
        flush();
    }

    private void stream(Call call) throws IOException, InterruptedException {
        boolean begun = false;
        try {
            while (true) {
                Piece piece = next(call);
                if (piece == null) {
                    open(MediaType.TEXT_EVENT_STREAM_VALUE);
                    write(COMMENT);
                    flush();
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
                    flush();
                }
            }
        } catch (ParleyException e) {
            if (!begun && !response.isCommitted()) {
                throw e;
            }
            event(json.writeValueAsBytes(OpenAiError.of(e)));
            flush();
        }
    }

    /// The next piece of an answer, whose end comes early where a stop word was found.
    private @Nullable Piece next(Call call) throws InterruptedException {
        return stops.found() ? new Piece.End(new Piece.StopReason("stop"), Piece.Usage.UNKNOWN) : call.next(BEAT);
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
        write(DONE);
        flush();
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
        open(MediaType.TEXT_EVENT_STREAM_VALUE);
        OutputStream out = response.getOutputStream();
        out.write("data: ".getBytes(StandardCharsets.UTF_8));
        out.write(data);
        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private void open(String type) {
        if (!response.isCommitted()) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(type + ";charset=UTF-8");
            // nginx, asked not to collect the answer before it passes it on.
            response.setHeader("X-Accel-Buffering", "no");
        }
    }

    private void write(byte[] bytes) throws IOException {
        response.getOutputStream().write(bytes);
    }

    private void flush() throws IOException {
        response.getOutputStream().flush();
    }

    private String model(Call call) {
        Fallback fallback = call.fallback();
        return fallback == null ? request.model() : fallback.model();
    }
}
