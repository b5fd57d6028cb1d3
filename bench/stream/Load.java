import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Opens many streams and reads them all to their end, in one thread.
///
/// A job is a line `PORT STREAMS STREAMS-OPENED-A-SECOND`, followed by a line `PATH TAB AUTHORIZATION TAB BODY` for each
/// stream. Its result is a line of JSON.
final class Load {
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(20);

    private final InetSocketAddress address;
    private final long interval;
    private final List<String> requests;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    private final byte[] bytes = new byte[1 << 18];
    private final Times latencies = new Times();
    private final Times firstTokens = new Times();
    private final List<Stream> streams = new ArrayList<>();
    private int open;

    private Load(int port, int perSecond, List<String> requests) throws IOException {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.interval = 1_000_000_000L / perSecond;
        this.requests = requests;
        this.selector = Selector.open();
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            String[] job = line.split(" ");
            List<String> requests = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(job[1]); i++) {
                requests.add(in.readLine());
            }
            System.out.println(new Load(Integer.parseInt(job[0]), Integer.parseInt(job[2]), requests).run());
        }
    }

    private String run() throws IOException {
        long begun = System.nanoTime();
        long lastSign = begun;
        try (selector) {
            while (streams.size() < requests.size() || open > 0) {
                long now = System.nanoTime();
                long due = begun + streams.size() * interval;
                if (streams.size() < requests.size() && due - now <= 0) {
                    open(requests.get(streams.size()));
                    continue;
                }
                long wait = streams.size() < requests.size() ? (due - now) / 1_000_000 + 1 : 1_000;
                if (selector.select(this::serve, wait) > 0) {
                    lastSign = now;
                } else if (now - lastSign > LONGEST_SILENCE) {
                    selector.keys().forEach(key -> fail((Stream) key.attachment(), "silence"));
                }
            }
        }
        return result(System.nanoTime() - begun);
    }

    private void open(String request) throws IOException {
        String[] parts = request.split("\t");
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        Stream stream = new Stream(channel, head(parts) + parts[2], latencies, firstTokens);
        streams.add(stream);
        open++;
        channel.connect(address);
        channel.register(selector, SelectionKey.OP_CONNECT, stream);
    }

    private static String head(String[] parts) {
        return "POST " + parts[0] + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + parts[1]
                + "\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: "
                + parts[2].length() + "\r\n\r\n";
    }

    private void serve(SelectionKey key) {
        Stream stream = (Stream) key.attachment();
        try {
            if (key.isConnectable()) {
                stream.channel.finishConnect();
                stream.channel.write(ByteBuffer.wrap(stream.request.getBytes(US_ASCII)));
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            int read = stream.channel.read(buffer.clear());
            if (read < 0) {
                throw new IOException("the connection ended");
            }
            buffer.flip().get(bytes, 0, read);
            if (stream.take(bytes, read)) {
                stream.channel.close();
                open--;
            }
        } catch (IOException e) {
            fail(stream, e.getMessage());
        }
    }

    private void fail(Stream stream, String reason) {
        if (stream.failure == null) {
            stream.failure = reason;
            open--;
        }
        try {
            stream.channel.close();
        } catch (IOException e) {
            System.err.println("A connection cannot be closed: " + e.getMessage());
        }
    }

    private String result(long duration) {
        return "{\"seconds\":%.3f,\"latency\":%s,\"first_token\":%s,\"events\":%d,\"failures\":[%s],\"texts\":[%s]}"
                .formatted(
                        duration / 1e9,
                        latencies.quantiles(),
                        firstTokens.quantiles(),
                        streams.stream().mapToLong(stream -> stream.deltas).sum(),
                        streams.stream()
                                .filter(stream -> stream.failure != null)
                                .map(stream -> "\"" + stream.failure.replaceAll("[^ -~]|[\"\\\\]", " ") + "\"")
                                .collect(Collectors.joining(",")),
                        streams.stream()
                                .map(stream -> "\"" + stream.text + "\"")
                                .collect(Collectors.joining(",")));
    }
}
