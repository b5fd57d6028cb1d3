package dev.parley.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullMarked;

/// Takes traces as OpenTelemetry's collector does: Protocol Buffers over HTTP, of which it reads what a test asks for.
@NullMarked
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<Traced> spans = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    /// @param parent empty: the first of its trace
    /// @param attributes those that are text or whole numbers
    /// @param failed whether its status says so
    record Traced(
            String service,
            String trace,
            String id,
            String parent,
            String name,
            Map<String, String> attributes,
            boolean failed) {}

    Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Traced> spans() {
        return List.copyOf(spans);
    }

    /// As they were sent with each part.
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            for (byte[] resourceSpans : parts(exchange.getRequestBody().readAllBytes(), 1)) {
                String service = parts(resourceSpans, 1).stream()
                        .map(resource -> attributes(resource, 1).getOrDefault("service.name", ""))
                        .findFirst()
                        .orElse("");
                for (byte[] scopeSpans : parts(resourceSpans, 2)) {
                    parts(scopeSpans, 2).forEach(span -> spans.add(span(service, span)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Traced span(String service, byte[] span) {
        return new Traced(
                service,
                hex(span, 1),
                hex(span, 2),
                hex(span, 4),
                new String(part(span, 5), UTF_8),
                attributes(span, 9),
                fields(part(span, 15)).stream().anyMatch(field -> field.number == 3 && field.whole == 2));
    }

    private static Map<String, String> attributes(byte[] message, int number) {
        Map<String, String> attributes = new HashMap<>();
        for (byte[] pair : parts(message, number)) {
            byte[] value = part(pair, 2);
            String text = new String(part(value, 1), UTF_8);
            attributes.put(
                    new String(part(pair, 1), UTF_8),
                    text.isEmpty()
                            ? fields(value).stream()
                                    .filter(field -> field.number == 3)
                                    .map(field -> Long.toString(field.whole))
                                    .findFirst()
                                    .orElse("")
                            : text);
        }
        return attributes;
    }

    private static String hex(byte[] message, int number) {
        return HexFormat.of().formatHex(part(message, number));
    }

    private static byte[] part(byte[] message, int number) {
        return parts(message, number).stream().findFirst().orElseGet(() -> new byte[0]);
    }

    private static List<byte[]> parts(byte[] message, int number) {
        return fields(message).stream()
                .filter(field -> field.number == number && field.part.hasRemaining())
                .map(field -> bytes(field.part.duplicate()))
                .toList();
    }

    private record Field(int number, long whole, ByteBuffer part) {
        Field(int number, long whole) {
            this(number, whole, ByteBuffer.allocate(0));
        }
    }

    private static List<Field> fields(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            int key = (int) whole(in);
            int number = key >>> 3;
            fields.add(
                    switch (key & 7) {
                        case 0 -> new Field(number, whole(in));
                        case 1 -> new Field(number, in.getLong());
                        case 2 -> new Field(number, 0, part(in));
                        case 5 -> new Field(number, in.getInt());
                        default -> throw new AssertionError("No such form: " + key);
                    });
        }
        return fields;
    }

    private static ByteBuffer part(ByteBuffer in) {
        int length = (int) whole(in);
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static byte[] bytes(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        return bytes;
    }

    private static long whole(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
