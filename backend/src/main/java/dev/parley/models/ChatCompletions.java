package dev.parley.models;

import dev.parley.models.Chunk.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/// The calls of one server that speaks chat completions.
///
/// @param address without the slash at its end
/// @param apiKey empty: none is sent
/// @param dialects what was learned about each model
record ChatCompletions(
        Supplier<ProviderHttp> http,
        URI address,
        String apiKey,
        Patience patience,
        InstantSource clock,
        Map<String, Dialect> dialects) {
    private static final Duration LONGEST_LISTING = Duration.ofSeconds(10);
    private static final int LARGEST_LISTING = 4 * 1024 * 1024;

    static ChatCompletions at(
            Supplier<ProviderHttp> http, URI address, String apiKey, Patience patience, InstantSource clock) {
        return new ChatCompletions(http, address, apiKey, patience, clock, new ConcurrentHashMap<>());
    }

    Completion open(ChatRequest request) {
        return new StreamedCompletion(this, request);
    }

    Exchange ask(byte[] body) {
        HttpPost post = new HttpPost(URI.create(address + "/chat/completions"));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        post.setHeader(HttpHeaders.ACCEPT, "text/event-stream, application/json");
        return exchange(post, patience.firstByte());
    }

    /// Fetches a small JSON document below the address.
    ///
    /// @throws ProviderException when it does not come
    byte[] get(String path) {
        try (Exchange exchange = exchange(new HttpGet(URI.create(address + path)), LONGEST_LISTING)) {
            int status = exchange.send();
            if (status != 200) {
                throw Failures.refused(status, new Fault("", "", ""), null, "");
            }
            InputStream body = exchange.body();
            byte[] bytes = body.readNBytes(LARGEST_LISTING);
            if (body.read() >= 0) {
                throw Failures.garbage();
            }
            return bytes;
        } catch (IOException e) {
            throw Failures.unreachable(e, patience.connect());
        }
    }

    Dialect dialect(String model) {
        return dialects.getOrDefault(model, Dialect.USUAL);
    }

    void learn(String model, Dialect dialect) {
        dialects.put(model, dialect);
    }

    /// The key stays out of logs.
    @Override
    public String toString() {
        return address.getAuthority();
    }

    private Exchange exchange(HttpUriRequestBase request, Duration longest) {
        if (!apiKey.isEmpty()) {
            request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + apiKey);
        }
        return http.get().exchange(request, longest);
    }
}
