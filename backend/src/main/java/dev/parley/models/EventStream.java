package dev.parley.models;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Server-sent events as a provider writes them, read from bytes: only the data counts here, not names or ids.
///
/// A character is never split, because lines are found in bytes and decoded whole. Source: the event stream format of
/// the HTML standard; beyond it, an event at the end of the stream counts without its empty line.
final class EventStream {
    private static final byte[] FIELD = {'d', 'a', 't', 'a'};
    /// What follows a chunk in HTTP before the next one begins: its line end, after which a read may have to wait.
    private static final int END_OF_CHUNK = 2;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[4_096];
    private int start;
    private int end;
    private int scanned;
    private boolean skipLineFeed;
    private boolean ended;
    private byte[] data = new byte[512];
    private int dataLength;
    private boolean hasData;
    private boolean dispatched;

    /// @param longest a line or an event of more bytes is refused
    EventStream(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// Waits for the next event.
    ///
    /// @return false at the end of the stream
    boolean next() throws IOException {
        return advance(true);
    }

    /// Goes to the next event if it lies in memory whole.
    boolean nextBuffered() throws IOException {
        return advance(false);
    }

    /// The bytes of the event's data; those from [#length()] on mean nothing.
    byte[] data() {
        return data;
    }

    int length() {
        return dataLength;
    }

    /// Whether the provider has sent all that it will.
    boolean ended() {
        return ended;
    }

    boolean dataIs(String text) {
        if (dataLength != text.length()) {
            return false;
        }
        for (int i = 0; i < dataLength; i++) {
            if (data[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The first byte that is not white space, without taking it; -1 at the end.
    int firstByte() throws IOException {
        skipByteOrderMark();
        while (true) {
            while (start < end) {
                if (buffer[start] > ' ' || buffer[start] < 0) {
                    scanned = start;
                    return buffer[start] & 0xff;
                }
                start++;
            }
            if (!fill()) {
                return -1;
            }
        }
    }

    /// All that is left, for a body that turns out to be no event stream.
    byte[] rest() throws IOException {
        boolean more = true;
        while (more) {
            more = fill();
        }
        return Arrays.copyOfRange(buffer, start, end);
    }

    private boolean advance(boolean mayWait) throws IOException {
        if (dispatched) {
            dispatched = false;
            hasData = false;
            dataLength = 0;
        }
        while (true) {
            while (scanned < end) {
                byte b = buffer[scanned];
                if (b == '\n' && skipLineFeed) {
                    skipLineFeed = false;
                    start = ++scanned;
                    continue;
                }
                skipLineFeed = false;
                if (b != '\n' && b != '\r') {
                    scanned++;
                    continue;
                }
                int lineEnd = scanned;
                int lineStart = start;
                start = ++scanned;
                skipLineFeed = b == '\r';
                if (line(lineStart, lineEnd)) {
                    return true;
                }
            }
            if (!mayWait && !moreInMemory()) {
                return false;
            }
            if (!fill()) {
                return lastEvent();
            }
        }
    }

    private boolean moreInMemory() throws IOException {
        return !ended && in.available() > END_OF_CHUNK;
    }

    private boolean lastEvent() {
        if (start < end) {
            line(start, end);
            start = end;
            scanned = end;
        }
        dispatched = hasData;
        return hasData;
    }

    /// @return whether it ends an event
    private boolean line(int from, int to) {
        if (from == to) {
            dispatched = hasData;
            return hasData;
        }
        if (!isData(from, to)) {
            return false;
        }
        int value = from + FIELD.length;
        if (value < to) {
            value++;
            if (value < to && buffer[value] == ' ') {
                value++;
            }
        }
        append(value, to);
        return false;
    }

    private boolean isData(int from, int to) {
        int nameEnd = from + FIELD.length;
        return to >= nameEnd
                && Arrays.equals(buffer, from, nameEnd, FIELD, 0, FIELD.length)
                && (to == nameEnd || buffer[nameEnd] == ':');
    }

    private void append(int from, int to) {
        int separator = hasData ? 1 : 0;
        int length = dataLength + separator + to - from;
        if (length > longest) {
            throw new TooLongException();
        }
        if (length > data.length) {
            data = Arrays.copyOf(data, Math.max(length, 2 * data.length));
        }
        if (hasData) {
            data[dataLength++] = '\n';
        }
        System.arraycopy(buffer, from, data, dataLength, to - from);
        dataLength = length;
        hasData = true;
    }

    private void skipByteOrderMark() throws IOException {
        while (end - start < 3) {
            if ((end > start && buffer[start] != (byte) 0xef) || !fill()) {
                return;
            }
        }
        if (buffer[start] == (byte) 0xef && buffer[start + 1] == (byte) 0xbb && buffer[start + 2] == (byte) 0xbf) {
            start += 3;
            scanned = start;
        }
    }

    /// @return false at the end of the stream
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            scanned -= start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= longest) {
                throw new TooLongException();
            }
            buffer = Arrays.copyOf(buffer, Math.min(longest, 2 * end));
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
            return false;
        }
        end += read;
        return true;
    }

    /// A line that never ends is an attack on memory or no event stream.
    static final class TooLongException extends RuntimeException {
        TooLongException() {
            super("A line of the stream is too long");
        }
    }
}
