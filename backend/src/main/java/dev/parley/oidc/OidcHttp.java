package dev.parley.oidc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The calls to the provider: short ones, and no redirect is followed (a secret would go along).
final class OidcHttp {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int LONGEST = 1 << 20;

    // Made with the first call: an instance without a provider never loads it.
    private static final class Client {
        private static final HttpClient HTTP = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private final Duration patience;

    OidcHttp() {
        this(PATIENCE);
    }

    /// @param patience until the last byte of an answer
    OidcHttp(Duration patience) {
        this.patience = patience;
    }

    record Reply(int status, String body) {
        boolean isOk() {
            return status == 200;
        }
    }

    Reply get(URI address) throws IOException {
        return send(HttpRequest.newBuilder(address).GET());
    }

    Reply get(URI address, String bearer) throws IOException {
        return send(HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + bearer)
                .GET());
    }

    /// @param authorization of the client; empty when the form says who it is
    Reply post(URI address, String form, String authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return send(request);
    }

    /// A request's own timeout would end with the headers.
    private Reply send(HttpRequest.Builder request) throws IOException {
        CompletableFuture<HttpResponse<String>> answer = Client.HTTP.sendAsync(
                request.header("Accept", "application/json").build(),
                BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST));
        try {
            HttpResponse<String> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("It takes longer than " + patience.toMillis() + " ms to answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The server is stopping", e);
        } finally {
            answer.cancel(true);
        }
    }
}
