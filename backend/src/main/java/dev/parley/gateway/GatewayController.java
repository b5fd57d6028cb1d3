package dev.parley.gateway;

import dev.parley.gateway.Views.Embedding;
import dev.parley.gateway.Views.EmbeddingList;
import dev.parley.gateway.Views.EmbeddingUsage;
import dev.parley.gateway.Views.ModelList;
import dev.parley.gateway.Views.ModelView;
import dev.parley.models.EmbeddingModels.Embedded;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Requests;
import dev.parley.web.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's calls, for programs with a personal API key. Described where they come from, and not in our schema.
@Hidden
@RestController
@RequestMapping("/v1")
class GatewayController {
    private static final Logger log = LoggerFactory.getLogger(GatewayController.class);

    private final Gateway gateway;
    private final JsonMapper json;
    private final Clock clock;

    GatewayController(Gateway gateway, JsonMapper json, Clock clock) {
        this.gateway = gateway;
        this.json = json;
        this.clock = clock;
    }

    @GetMapping("/models")
    ModelList models() {
        return ModelList.of(gateway.models());
    }

    /// The names of models have slashes in them.
    @GetMapping("/models/{*id}")
    ModelView model(@PathVariable String id) {
        return ModelView.of(gateway.model(id.substring(1)));
    }

    @PostMapping("/chat/completions")
    void complete(
            @CurrentUser Caller caller,
            @RequestHeader(name = "X-Parley-Memory", required = false) @Nullable String memory,
            @RequestBody JsonNode body,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        CompletionRequest wanted = CompletionRequest.of(body);
        Line line = new Line(response, Line.BEAT);
        Answer answer = new Answer(Ids.next().toString(), clock.instant().getEpochSecond(), wanted, line, json);
        boolean remembering = remembering(memory, caller);
        tell(request, line, () -> gateway.complete(caller, wanted, remembering, Requests.id(request), answer::tell));
    }

    @PostMapping("/embeddings")
    void embed(
            @CurrentUser Caller caller,
            @RequestBody JsonNode body,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EmbeddingRequest wanted = EmbeddingRequest.of(body);
        Line line = new Line(response, Line.BEAT);
        tell(request, line, () -> {
            EmbeddingList list = list(wanted, gateway.embed(caller, wanted, line));
            line.open(MediaType.APPLICATION_JSON_VALUE);
            line.write(json.writeValueAsBytes(list));
            line.flush();
        });
    }

    private static EmbeddingList list(EmbeddingRequest wanted, Embedded embedded) {
        List<Embedding> data = new ArrayList<>();
        for (float[] direction : embedded.directions()) {
            data.add(new Embedding("embedding", data.size(), wanted.base64() ? base64(direction) : direction));
        }
        return new EmbeddingList(
                "list", data, wanted.model(), new EmbeddingUsage(embedded.tokens(), embedded.tokens()));
    }

    private interface Telling {
        void tell() throws IOException, InterruptedException;
    }

    private static void tell(HttpServletRequest request, Line line, Telling telling) throws IOException {
        try {
            telling.tell();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "This server stops. Ask again.");
        } catch (ParleyException e) {
            if (line.hasBegun()) {
                // What has begun to look like an answer must not look complete.
                throw new IOException("A model failed in the middle of its answer.", e);
            }
            throw e;
        } catch (IOException e) {
            log.debug("The client of {} has gone.", Requests.id(request));
        }
    }

    /// What is remembered opens to the keys that were made for it.
    private static boolean remembering(@Nullable String header, Caller caller) {
        String wish = header == null ? "off" : header.toLowerCase(Locale.ROOT);
        if (!wish.equals("on") && !wish.equals("off")) {
            throw GatewayError.INVALID_VALUE.of("X-Parley-Memory", "The header is on or off.");
        }
        if (wish.equals("on") && !caller.may(Scope.MEMORIES)) {
            throw new ParleyException(CommonError.FORBIDDEN, "This API key was not made for memories.");
        }
        return wish.equals("on");
    }

    private static String base64(float[] direction) {
        ByteBuffer bytes = ByteBuffer.allocate(direction.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : direction) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
