import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A provider that speaks chat completions and thinks of nothing: each answer has as many tokens as `max_tokens` allows,
/// one at once and the others at an even pace. `GET /lateness` tells how punctual it was since it was last asked,
/// `GET /pace/N` makes the answers that follow go at N tokens a second; none may be running then.
///
/// One thread writes for all streams and each token is one system call, so that what is measured behind it has the
/// machine to itself.
final class Provider {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern PACE = Pattern.compile("^GET /pace/(\\d+) ");
    private static final Pattern TOKENS = Pattern.compile("\"max_(?:completion_)?tokens\" *: *(\\d+)");
    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII);
    private static final String TEXT = "@".repeat(Stamp.LENGTH);
    private static final String TOKEN = chunk(event("{\"content\":\"" + TEXT + "\"}", "null"));
    private static final int PLACE_OF_TEXT = TOKEN.indexOf(TEXT);
    private static final byte[] END = (chunk(event("{}", "\"length\"")) + chunk("data: [DONE]\n\n") + "0\r\n\r\n")
            .getBytes(US_ASCII);

    private volatile long period;
    private final Queue<Answer> arrivals = new ConcurrentLinkedQueue<>();
    private final Times lateness = new Times();
    private final Thread writer = Thread.ofPlatform().name("writer").unstarted(this::write);

    private Provider(int tokensPerSecond) {
        period = period(tokensPerSecond);
    }

    private static long period(int tokensPerSecond) {
        return 1_000_000_000L / tokensPerSecond;
    }

    private static final class Answer {
        private final SocketChannel channel;
        private int left;
        private long due;

        Answer(SocketChannel channel, int tokens) {
            this.channel = channel;
            this.left = tokens;
        }
    }

    /// The argument is the pace in tokens a second. The port is said on the standard output.
    public static void main(String[] arguments) throws IOException {
        new Provider(Integer.parseInt(arguments[0])).serve();
    }

    private void serve() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
        writer.start();
        System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
        while (true) {
            SocketChannel channel = server.accept();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread.ofVirtual().start(() -> listen(channel));
        }
    }

    private void listen(SocketChannel channel) {
        try {
            channel.configureBlocking(true);
            while (true) {
                String request = request(channel);
                Matcher tokens = TOKENS.matcher(request);
                if (tokens.find()) {
                    channel.configureBlocking(false);
                    arrivals.add(new Answer(channel, Integer.parseInt(tokens.group(1))));
                    LockSupport.unpark(writer);
                    return;
                }
                Matcher pace = PACE.matcher(request);
                if (pace.find()) {
                    period = period(Integer.parseInt(pace.group(1)));
                }
                send(channel, json(request.contains("/lateness") ? punctuality() : "{\"data\":[{\"id\":\"gpt-4\"}]}"));
            }
        } catch (EOFException e) {
            // The client needs nothing more.
        } catch (IOException e) {
            System.err.println("A connection broke: " + e.getMessage());
        }
    }

    private String punctuality() {
        synchronized (lateness) {
            String quantiles = lateness.quantiles();
            lateness.clear();
            return quantiles;
        }
    }

    /// Every answer has the same pace, so the one that waits longest is always the next.
    private void write() {
        byte[] token = TOKEN.getBytes(US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocateDirect(token.length);
        ArrayDeque<Answer> waiting = new ArrayDeque<>();
        while (true) {
            Answer next = waiting.peek();
            long now = System.nanoTime();
            if (next != null && next.due - now <= 0) {
                waiting.remove();
                synchronized (lateness) {
                    lateness.add((now - next.due) / 1_000);
                }
                next.due += period;
            } else if ((next = arrivals.poll()) != null) {
                next.due = now + period;
                write(next, HEAD);
            } else {
                LockSupport.parkNanos(this, waiting.isEmpty() ? period : waiting.peek().due - now);
                continue;
            }
            Stamp.put(token, PLACE_OF_TEXT, System.nanoTime());
            if (write(next, buffer.clear().put(token).flip()) && --next.left > 0) {
                waiting.add(next);
            } else if (next.left == 0 && write(next, END)) {
                SocketChannel channel = next.channel;
                Thread.ofVirtual().start(() -> listen(channel));
            }
        }
    }

    private static boolean write(Answer answer, byte[] bytes) {
        return write(answer, ByteBuffer.wrap(bytes));
    }

    /// Who is so far behind that his socket is full is cut off: that is no relay to be measured.
    private static boolean write(Answer answer, ByteBuffer bytes) {
        try {
            answer.channel.write(bytes);
            if (!bytes.hasRemaining()) {
                return true;
            }
            System.err.println("A reader does not keep up.");
            answer.channel.close();
        } catch (IOException e) {
            System.err.println("A reader has gone: " + e.getMessage());
        }
        return false;
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// A request as text, its body included.
    private static String request(SocketChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(16_384);
        int end = -1;
        while (end < 0 || text.length() < end) {
            if (channel.read(buffer.clear()) < 0) {
                throw new EOFException();
            }
            text.append(US_ASCII.decode(buffer.flip()));
            int head = text.indexOf("\r\n\r\n");
            if (head >= 0 && end < 0) {
                Matcher length = LENGTH.matcher(text.substring(0, head));
                end = head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
            }
        }
        return text.toString();
    }

    private static String event(String delta, String finishReason) {
        return "data: {\"id\":\"chatcmpl-9x8y7z6w5v4u3t2s1r0q\",\"object\":\"chat.completion.chunk\",\"created\":1780000000,"
                + "\"model\":\"gpt-4-0613\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_abcdef1234\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":"
                + finishReason + "}],\"usage\":null}\n\n";
    }

    private static String chunk(String event) {
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
