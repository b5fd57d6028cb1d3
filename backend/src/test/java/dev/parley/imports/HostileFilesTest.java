package dev.parley.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.chats.ChatsInBulk.NewChat;
import dev.parley.shared.UserId;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files that were made to harm: small ones that unpack to much, and such that lead whoever reads them to look at the
/// same again and again. What takes minutes when it is done badly takes a moment when it is not.
class HostileFilesTest {
    private static final String GOOD =
            new String(Archives.json(Archives.chatGpt("good", "Good", "Hello", "Hi")), UTF_8);
    private static final SourceFile.Found NOTHING = new SourceFile.Found() {
        @Override
        public void chat(SourceChat chat) {
            throw new AssertionError("There is no chat");
        }

        @Override
        public void unreadable() {
            throw new AssertionError("It can be read");
        }
    };
    private static final UserId OWNER = new UserId(UUID.randomUUID());

    @Test
    void nothingThatStandsInAFileFillsTheHeap(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("hostile.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            hostile(
                    zip,
                    "values",
                    "{\"mapping\": {\"a\": {\"message\": {\"content\": {\"parts\": [",
                    3_000_000,
                    _ -> "{},",
                    "{}]}}}}}");
            hostile(zip, "unknown", "{\"mapping\": {\"a\": {\"unknown\": [", 3_000_000, _ -> "{},", "{}]}}}");
            hostile(
                    zip,
                    "settings",
                    "{\"chat\": {\"settings\": {\"system_prompt\": [",
                    3_000_000,
                    _ -> "{},",
                    "{}]}}}");
            hostile(zip, "fields", "{\"messages\": [{\"content\": [", 3_000_000, _ -> "{},", "{}]}]}");
            String name = "n".repeat(1_000);
            hostile(zip, "names", "{\"mapping\": {", 10_000, i -> "\"" + i + name + "\": {},", "\"z\": {}}}");
            hostile(zip, "keys", "{\"a\": {", 10_000, i -> "\"" + i + name + "\": 0,", "\"z\": 0}}");
            hostile(
                    zip,
                    "parents",
                    "{\"mapping\": {",
                    10_000,
                    i -> "\"" + i + "\": {\"parent\": \"" + name + "\"},",
                    "\"z\": {}}}");
            hostile(zip, "chats", "{\"chats\": [".repeat(500), 1, _ -> "{}", "]}".repeat(500));
            zip.putNextEntry(new ZipEntry("good.json"));
            zip.write(GOOD.getBytes(UTF_8));
            zip.closeEntry();
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);

        String output = LookThrough.run(file, "-Xmx80m");

        assertThat(output.lines().toList()).last().isEqualTo("good 3 {}");
        assertThat(output).contains(" 0 {TOO_LARGE=1}");
    }

    private static void hostile(
            ZipOutputStream zip, String name, String begin, int times, IntFunction<String> middle, String end)
            throws IOException {
        zip.putNextEntry(new ZipEntry(name + ".json"));
        Writer writer = new BufferedWriter(new OutputStreamWriter(zip, UTF_8));
        writer.write(begin);
        for (int i = 0; i < times; i++) {
            writer.write(middle.apply(i));
        }
        writer.write(end);
        writer.flush();
        zip.closeEntry();
    }

    @Test
    void aFileInWhichNothingIsFoundIsNotReadForEver(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("blank.json"), "[" + " ".repeat(1 << 20) + "]");
        SourceFile source = SourceFile.of(file);

        assertThatThrownBy(() -> source.read(NOTHING, Duration.ZERO))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("too long");
        source.read(NOTHING, Duration.ofMinutes(1));
    }

    @Test
    @Timeout(60)
    void tagsWithoutAnEndAreWalkedThroughOnce() {
        for (String piece : List.of(
                "<details type=\"reasoning\">",
                "<details type=\"reasoning\"",
                "<details type=\"",
                "<details type=\"reasoning\"><summary></details>",
                "<summary>")) {
            String told = piece.repeat(3_000_000 / piece.length());
            assertThat(Details.of(told).text()).hasSizeLessThanOrEqualTo(told.length());
        }
        String thought = "<details type=\"reasoning\">" + "<summary>".repeat(300_000) + "</details>Said";
        assertThat(Details.of(thought).text()).isEqualTo("Said");
    }

    @Test
    @Timeout(60)
    void marksOfSourcesWithoutAnEndAreWalkedThroughOnce() {
        String text = "\uE200".repeat(3_000_000);

        assertThat(chats(Archives.chatGpt("a", "A", text))).hasSize(1);
    }

    /// A model's remarks that follow one another become one answer, up to what a message can be.
    @Test
    @Timeout(60)
    void aChainOfRemarksIsJoinedOnce() {
        SourceChat chat = chats(chain(30_000, "r".repeat(200))).getFirst();

        NewChat planted = Planting.of(OWNER, chat, false, Instant.EPOCH).orElseThrow();

        assertThat(planted.messages()).hasSizeBetween(2, 3);
        assertThat(planted.messages().stream()
                        .mapToInt(message -> message.content().length())
                        .sum())
                .isGreaterThan(30_000 * 200);
    }

    @Test
    @Timeout(60)
    void whatWasThoughtIsNotMultiplied() {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("0", Archives.place("0", null, null));
        for (int i = 1; i <= 4_000; i++) {
            mapping.put("" + i, Archives.place("" + i, "" + (i - 1), thought("t".repeat(1_000), i)));
        }
        for (int i = 4_001; i <= 10_000; i++) {
            mapping.put("" + i, Archives.place("" + i, "4000", Archives.message("assistant", "An answer", i)));
        }
        SourceChat chat = chats(Archives.chatGpt("a", "A", mapping, "10000")).getFirst();

        NewChat planted = Planting.of(OWNER, chat, false, Instant.EPOCH).orElseThrow();

        long kept = planted.messages().stream()
                .map(message -> message.metadata().reasoning())
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .sum();
        assertThat(kept).isBetween(4_000_000L, 20_000_000L);
    }

    private static Object chain(int length, String text) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("0", Archives.place("0", null, null));
        for (int i = 1; i <= length; i++) {
            mapping.put("" + i, Archives.place("" + i, "" + (i - 1), Archives.message("assistant", text, i)));
        }
        return Archives.chatGpt("chain", "Chain", mapping, "" + length);
    }

    private static Map<String, Object> thought(String text, int at) {
        Map<String, Object> content = Map.of("content_type", "thoughts", "thoughts", List.of(Map.of("content", text)));
        return Archives.message("assistant", content, at);
    }

    private static List<SourceChat> chats(Object... chats) {
        List<SourceChat> found = new ArrayList<>();
        ChatReader.read(new ByteArrayInputStream(Archives.json(List.of(chats))), found::add);
        return found;
    }
}
