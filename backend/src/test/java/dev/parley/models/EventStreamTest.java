package dev.parley.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class EventStreamTest {
    private static final int LONGEST = 20_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data: a\\n\\ndata: b\\n\\n              | a,b
            data:a\\r\\n\\r\\ndata:b\\r\\n\\r\\n      | a,b
            data: a\\r\\rdata: b\\r\\r              | a,b
            data: a\\r\\n\\rdata: b\\n\\r\\n         | a,b
            : comment\\n\\ndata: a\\n\\n:\\n\\n       | a
            event: x\\nid: 3\\ndata: a\\nretry: 5\\n\\n | a
            data: a\\ndata: b\\n\\n                | a;b
            data:  two spaces\\n\\n               | ' two spaces'
            database: no\\n\\ndat: no\\n\\ndata: a\\n\\n | a
            data: a                              | a
            data: a\\n                            | a
            data: a\\n\\ndata: [DONE]              | a,[DONE]
            \\n\\n\\ndata: a\\n\\n\\n\\n                | a
            data\\n\\ndata: a\\n\\n                  | ,a
            """)
    void readsEventsAsTheStandardSays(String stream, String events) throws IOException {
        byte[] bytes = stream.translateEscapes().getBytes(UTF_8);
        List<String> expected = List.of(events.split(",", -1)).stream()
                .map(event -> event.replace(';', '\n'))
                .toList();

        assertThat(events(new ByteArrayInputStream(bytes))).isEqualTo(expected);
        assertThat(events(new InParts(bytes, 1, false))).isEqualTo(expected);
    }

    @Test
    void thePlacesWhereTheStreamIsSplitChangeNothing() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> events = new ArrayList<>();
            StringBuilder stream = new StringBuilder();
            String lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
            for (int i = 0; i < 1 + random.nextInt(30); i++) {
                String event = "é🙂x".repeat(1 + random.nextInt(random.nextBoolean() ? 10 : 1_500));
                events.add(event);
                stream.append("data: ").append(event).append(lineEnd).append(lineEnd);
                if (random.nextInt(5) == 0) {
                    stream.append(": alive").append(lineEnd).append(lineEnd);
                }
            }
            byte[] bytes = stream.toString().getBytes(UTF_8);
            assertThat(events(new InParts(bytes, 1 + random.nextInt(6_000), random.nextBoolean())))
                    .isEqualTo(events);
        }
    }

    @Test
    void knowsWhatLiesInMemoryWithoutWaiting() throws IOException {
        byte[] bytes = "data: a\n\ndata: b\n\ndata: half".getBytes(UTF_8);
        EventStream stream = new EventStream(new InParts(bytes, bytes.length, false), LONGEST);

        assertThat(stream.nextBuffered()).isFalse();
        assertThat(stream.next()).isTrue();
        assertThat(stream.nextBuffered()).isTrue();
        assertThat(text(stream)).isEqualTo("b");
        assertThat(stream.nextBuffered()).isFalse();
        assertThat(stream.next()).isTrue();
        assertThat(text(stream)).isEqualTo("half");
        assertThat(stream.next()).isFalse();
    }

    @Test
    void refusesALineWithoutEnd() {
        InputStream endless = new ByteArrayInputStream("data: a".repeat(LONGEST).getBytes(UTF_8));

        assertThatThrownBy(() -> events(endless)).isInstanceOf(EventStream.TooLongException.class);
    }

    @Test
    void refusesAnEventWithoutEnd() {
        InputStream endless =
                new ByteArrayInputStream("data: a\n".repeat(LONGEST).getBytes(UTF_8));

        assertThatThrownBy(() -> events(endless)).isInstanceOf(EventStream.TooLongException.class);
    }

    @ParameterizedTest
    @CsvSource({"'{\"a\":1}', {", "'  \n{}', {", "'\uFEFF{}', {", "'\uFEFFdata: a\n\n', d", "'<html>', <"})
    void looksAtTheFirstByteWithoutTakingIt(String body, char first) throws IOException {
        EventStream stream = new EventStream(new InParts(body.getBytes(UTF_8), 1, false), LONGEST);

        assertThat((char) stream.firstByte()).isEqualTo(first);
        assertThat(stream.rest()[0]).isEqualTo((byte) first);
    }

    @Test
    void anEmptyStreamHasNoFirstByte() throws IOException {
        assertThat(new EventStream(InputStream.nullInputStream(), LONGEST).firstByte())
                .isEqualTo(-1);
    }

    private static List<String> events(InputStream in) throws IOException {
        EventStream stream = new EventStream(in, LONGEST);
        List<String> events = new ArrayList<>();
        while (stream.next()) {
            events.add(text(stream));
        }
        return events;
    }

    private static String text(EventStream stream) {
        return new String(stream.data(), 0, stream.length(), UTF_8);
    }

    /// Gives at most so many bytes at once, as a network does.
    private static final class InParts extends FilterInputStream {
        private final int most;
        private final boolean tells;

        InParts(byte[] bytes, int most, boolean tells) {
            super(new ByteArrayInputStream(bytes));
            this.most = most;
            this.tells = tells;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, most));
        }

        @Override
        public int available() throws IOException {
            return tells ? super.available() : 0;
        }
    }
}
