package dev.parley.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Made-up exports of ChatGPT, as large as one likes: as many files of a hundred chats as it takes. Words are as
/// frequent
/// as they are in a language, and few texts are long.
final class LargeArchive {
    private static final int CHATS_IN_A_FILE = 100;
    private static final int WORDS = 60_000;
    private static final int QUESTION = 25;
    private static final int ANSWER = 170;
    private static final int LONGEST = 3_000;
    private static final String SYLLABLES = "ba ke li mo nu ra se ti vo wu den gar hol sim pen tor";

    private final Random random;
    private final String[] words = new String[WORDS];

    /// @param chats how many there are
    /// @param messages how many they have
    record Made(int chats, int messages) {}

    private LargeArchive(long seed) {
        random = new Random(seed);
        String[] syllables = SYLLABLES.split(" ", -1);
        for (int i = 0; i < WORDS; i++) {
            StringBuilder word = new StringBuilder();
            for (int rest = i + 1; rest > 0; rest /= syllables.length) {
                word.append(syllables[rest % syllables.length]);
            }
            words[i] = word.toString();
        }
    }

    /// @param bytes of JSON that it has, or a little more
    static Made write(Path file, long bytes) throws IOException {
        return new LargeArchive(7).write(bytes, file);
    }

    private Made write(long bytes, Path file) throws IOException {
        int chats = 0;
        int messages = 0;
        long written = 0;
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            while (written < bytes) {
                zip.putNextEntry(new ZipEntry("conversations-%03d.json".formatted(chats / CHATS_IN_A_FILE)));
                String open = "[";
                for (int i = 0; i < CHATS_IN_A_FILE && written < bytes; i++) {
                    String[] said = new String[2 + 2 * random.nextInt(20)];
                    for (int j = 0; j < said.length; j++) {
                        said[j] = text(j % 2 == 0 ? QUESTION : ANSWER);
                    }
                    byte[] chat = Archives.json(
                            Archives.chatGpt("chat-" + chats, "Made up " + words[random.nextInt(WORDS)], said));
                    zip.write(open.getBytes(UTF_8));
                    zip.write(chat);
                    open = ",\n";
                    chats++;
                    messages += said.length;
                    written += chat.length;
                }
                zip.write(']');
                zip.closeEntry();
            }
        }
        return new Made(chats, messages);
    }

    /// Half of all texts are shorter than `median` words.
    private String text(int median) {
        int length = (int) Math.clamp(median * Math.exp(random.nextGaussian()), 3, LONGEST);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(i == 0 ? "" : i % 40 == 0 ? ".\n\n" : i % 12 == 0 ? ". " : " ")
                    .append(word());
        }
        return text.append('.').toString();
    }

    /// By Zipf's law: the second most frequent word is half as frequent as the first.
    private String word() {
        return words[(int) Math.pow(WORDS, random.nextDouble()) - 1];
    }
}
