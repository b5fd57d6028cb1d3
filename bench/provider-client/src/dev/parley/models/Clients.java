package dev.parley.models;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The clients under comparison, each as it would be used here: blocking, on a virtual thread, for a stream.
interface Clients {
    byte[] QUESTION = "{\"model\":\"gpt-4\",\"stream\":true,\"messages\":[]}".getBytes(US_ASCII);
    Duration CONNECT = Duration.ofSeconds(2);

    /// Begins to ask. Nothing blocks before [Call#body()].
    Call call(URI address) throws Exception;

    interface Call {
        InputStream body() throws Exception;

        /// Ends it while another thread is in [#body()] or reads from it.
        void end() throws Exception;
    }

    static Clients named(String name) throws Exception {
        return switch (name) {
            case "socket" -> socket();
            case "urlconnection" -> urlConnection();
            case "jdk" -> jdk();
            case "apache" -> apache(Timeout.DISABLED);
            case "apache-timed" -> apache(Timeout.ofSeconds(60));
            case "jetty" -> jetty();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// No HTTP at all but for the head: what the machine itself costs.
    static Clients socket() {
        return address -> {
            Socket socket = new Socket();
            return new Call() {
                @Override
                public InputStream body() throws IOException {
                    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) CONNECT.toMillis());
                    socket.getOutputStream().write(("POST " + address.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                    + QUESTION.length + "\r\n\r\n").getBytes(US_ASCII));
                    socket.getOutputStream().write(QUESTION);
                    return socket.getInputStream();
                }

                @Override
                public void end() throws IOException {
                    socket.close();
                }
            };
        };
    }

    static Clients urlConnection() {
        System.setProperty("http.maxConnections", "20000");
        return address -> {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            return new Call() {
                @Override
                public InputStream body() throws IOException {
                    connection.getOutputStream().write(QUESTION);
                    return connection.getInputStream();
                }

                @Override
                public void end() {
                    connection.disconnect();
                }
            };
        };
    }

    static Clients jdk() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        return address -> {
            return new Call() {
                private volatile CompletableFuture<HttpResponse<InputStream>> exchange =
                        new CompletableFuture<>();

                @Override
                public InputStream body() throws Exception {
                    exchange = client.sendAsync(
                            HttpRequest.newBuilder(address)
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(QUESTION))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
                    return exchange.get().body();
                }

                @Override
                public void end() throws Exception {
                    if (!exchange.cancel(true)) {
                        exchange.get().body().close();
                    }
                }
            };
        };
    }

    static Clients apache(Timeout readTimeout) {
        CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(BufferTellingConnection.factory(Http1Config.DEFAULT))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT))
                                .setSocketTimeout(readTimeout)
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnPerRoute(20_000)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(readTimeout)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
        return address -> {
            HttpPost request = new HttpPost(address);
            request.setEntity(new ByteArrayEntity(QUESTION, null));
            return new Call() {
                @Override
                public InputStream body() throws IOException {
                    return client.executeOpen(null, request, null).getEntity().getContent();
                }

                @Override
                public void end() {
                    request.cancel();
                }
            };
        };
    }

    static Clients jetty() throws Exception {
        org.eclipse.jetty.client.HttpClient client = new org.eclipse.jetty.client.HttpClient();
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setConnectTimeout(CONNECT.toMillis());
        client.setMaxConnectionsPerDestination(20_000);
        client.setFollowRedirects(false);
        client.start();
        return address -> {
            Request request = client.newRequest(address)
                    .method("POST")
                    .body(new BytesRequestContent("application/json", QUESTION));
            return new Call() {
                @Override
                public InputStream body() throws Exception {
                    InputStreamResponseListener listener = new InputStreamResponseListener();
                    request.send(listener);
                    listener.get(60, TimeUnit.SECONDS);
                    return listener.getInputStream();
                }

                @Override
                public void end() {
                    request.abort(new IOException("ended"));
                }
            };
        };
    }
}
