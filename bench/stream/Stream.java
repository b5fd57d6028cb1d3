import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// One answer as its reader sees it: HTTP chunks, lines, events, and the stamps that the text consists of.
final class Stream {
    private static final byte[] ERROR = "event: error".getBytes(US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[][] DELTAS = {"\"delta\":{\"content\":\"".getBytes(US_ASCII), "{\"text\":\"".getBytes(US_ASCII)};

    final SocketChannel channel;
    final String request;
    final StringBuilder text = new StringBuilder();
    String failure;
    int deltas;

    private final long asked = System.nanoTime();
    private final Times latencies;
    private final Times firstTokens;
    private final StringBuilder frame = new StringBuilder();
    private byte[] line = new byte[1_024];
    private int length;
    private int chunk;
    private boolean ended;
    private Part part = Part.STATUS;

    private enum Part {
        STATUS,
        HEADER,
        SIZE,
        CONTENT,
        END_OF_CHUNK
    }

    Stream(SocketChannel channel, String request, Times latencies, Times firstTokens) {
        this.channel = channel;
        this.request = request;
        this.latencies = latencies;
        this.firstTokens = firstTokens;
    }

    /// @return whether the answer has ended
    boolean take(byte[] bytes, int count) throws IOException {
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (part == Part.CONTENT) {
                if (b == '\n') {
                    content(now);
                    length = 0;
                } else {
                    put(b);
                }
                if (--chunk == 0) {
                    part = Part.END_OF_CHUNK;
                }
            } else if (b == '\n') {
                framing();
                if (ended) {
                    return true;
                }
            } else if (b != '\r') {
                frame.append((char) b);
            }
        }
        return false;
    }

    private void put(byte b) {
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = b;
    }

    private void framing() throws IOException {
        switch (part) {
            case STATUS -> {
                if (!frame.toString().startsWith("HTTP/1.1 200")) {
                    throw new IOException(frame.toString());
                }
                part = Part.HEADER;
            }
            case HEADER -> {
                if (frame.isEmpty()) {
                    part = Part.SIZE;
                }
            }
            case SIZE -> {
                chunk = Integer.parseInt(frame.toString(), 16);
                ended = chunk == 0;
                part = Part.CONTENT;
            }
            case END_OF_CHUNK -> part = Part.SIZE;
            case CONTENT -> throw new IllegalStateException("Content has no frame");
        }
        frame.setLength(0);
    }

    private void content(long now) throws IOException {
        if (!starts(0, DATA)) {
            if (starts(0, ERROR)) {
                throw new IOException("the answer failed");
            }
            return;
        }
        for (byte[] delta : DELTAS) {
            int from = indexOf(delta);
            if (from >= 0) {
                tokens(from + delta.length, now);
                return;
            }
        }
    }

    private void tokens(int from, long now) {
        if (text.isEmpty()) {
            firstTokens.add((now - asked) / 1_000);
        }
        deltas++;
        int at = from;
        for (; line[at] != '"'; at += Stamp.LENGTH) {
            latencies.add(Stamp.age(line, at, now));
        }
        text.append(new String(line, from, at - from, US_ASCII));
    }

    private boolean starts(int from, byte[] wanted) {
        return from + wanted.length <= length
                && Arrays.equals(line, from, from + wanted.length, wanted, 0, wanted.length);
    }

    private int indexOf(byte[] wanted) {
        for (int from = DATA.length; from + wanted.length <= length; from++) {
            if (line[from] == wanted[0] && starts(from, wanted)) {
                return from;
            }
        }
        return -1;
    }
}
