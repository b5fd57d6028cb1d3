package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SafeTextTest {
    private static final String ALPHABET = "aé日\0\uD83D\uDE42\uD800\uDFFF";

    @Test
    void howATextIsCutChangesNothingAndNoPartEndsInsideAPair() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            assertThat(inParts(text.toString(), random)).isEqualTo(storable(text.toString()));
        }
    }

    private static String inParts(String text, Random random) {
        SafeText safe = new SafeText();
        StringBuilder joined = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int to = from + 1 + random.nextInt(text.length() - from);
            String part = safe.add(text.substring(from, to));
            assertThat(part).isEqualTo(storable(part));
            joined.append(part);
            from = to;
        }
        return joined.append(safe.rest()).toString();
    }

    /// The same by the meaning of the words: every code point that is NUL or half a pair becomes U+FFFD.
    private static String storable(String text) {
        StringBuilder storable = new StringBuilder();
        text.codePoints()
                .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }
}
