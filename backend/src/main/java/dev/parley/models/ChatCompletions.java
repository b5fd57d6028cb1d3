package dev.parley.models;

import dev.parley.models.Chunk.Fault;
import dev.parley.shared.Tracing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
/// @param dialects what was learned about each model
record ChatCompletions(
        Supplier<ProviderHttp> http,
        Endpoint endpoint,
        Patience patience,
        InstantSource clock,
        Map<String, Dialect> dialects) {
    private static final Duration LONGEST_LISTING = Duration.ofSeconds(10);
    private static final int LARGEST_LISTING = 4 * 1024 * 1024;

    static ChatCompletions at(Supplier<ProviderHttp> http, Endpoint endpoint, Patience patience, InstantSource clock) {
        return new ChatCompletions(http, endpoint, patience, clock, new ConcurrentHashMap<>());
    }

    Completion open(ChatRequest request) {
        return new StreamedCompletion(this, request);
    }

    /// @param model as the provider names it
    Exchange ask(String model, byte[] body) {
        HttpPost post = new HttpPost(endpoint.completions(model));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        post.setHeader(HttpHeaders.ACCEPT, "text/event-stream, application/json");
        return exchange(post, patience.firstByte());
    }

    /// Fetches a small JSON document below the address.
    ///
    /// @throws ProviderException when it does not come
    byte[] get(String path) {
        return document(new HttpGet(endpoint.below(path)), "");
    }

    /// The same where a question belongs to it.
    byte[] post(String path, byte[] body) {
        HttpPost post = new HttpPost(endpoint.below(path));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return document(post, "");
    }

    /// @param model as the provider names it
    /// @throws ProviderException when nothing comes
    byte[] embed(String model, byte[] body) {
        HttpPost post = new HttpPost(endpoint.embeddings(model));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return document(post, model);
    }

    /// @param model that is asked, where one is
    private byte[] document(HttpUriRequestBase request, String model) {
        long begun = System.nanoTime();
        try (Exchange exchange = exchange(request, LONGEST_LISTING)) {
            int status = exchange.send();
            if (status != 200) {
                throw Failures.refused(status, new Fault("", "", ""), null, model);
            }
            InputStream body = exchange.body();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] part = new byte[16 * 1024];
            int length;
            while ((length = body.read(part)) >= 0) {
                bytes.write(part, 0, length);
                if (bytes.size() > LARGEST_LISTING) {
                    throw Failures.garbage();
                }
                if (System.nanoTime() - begun > LONGEST_LISTING.toNanos()) {
                    throw Failures.silent(LONGEST_LISTING, false);
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw Failures.unreachable(e, patience.connect());
        }
    }

    Dialect dialect(String model) {
        return dialects.getOrDefault(model, Dialect.of(model));
    }

    void learn(String model, Dialect dialect) {
        dialects.put(model, dialect);
    }

    /// The key stays out of logs.
    @Override
    public String toString() {
        return endpoint.toString();
    }

    private Exchange exchange(HttpUriRequestBase request, Duration longest) {
        String trace = Tracing.parent();
        if (trace != null) {
            request.setHeader("traceparent", trace);
        }
        endpoint.headers().forEach(request::setHeader);
        return http.get().exchange(request, longest);
    }
}
