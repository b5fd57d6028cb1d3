package dev.parley.memory;

import dev.parley.shared.Letters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Cuts a text into the pieces that BERT's uncased models know: words and punctuation without case and accents, then
/// the longest known beginnings of what is left of a word.
final class WordPiece {
    private static final int UNKNOWN = 100;
    private static final int BEGIN = 101;
    private static final int END = 102;
    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> pieces;

    private WordPiece(Map<String, Integer> pieces) {
        this.pieces = pieces;
    }

    /// @param tokenizer a `tokenizer.json` whose `model` has a `vocab`
    static WordPiece read(InputStream tokenizer) {
        Map<String, Integer> pieces = HashMap.newHashMap(32_000);
        try (tokenizer;
                JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), tokenizer)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.PROPERTY_NAME
                        && json.getString().equals("vocab")
                        && json.nextToken() == JsonToken.START_OBJECT) {
                    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                        String piece = json.getString();
                        json.nextToken();
                        pieces.put(piece, json.getIntValue());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (pieces.isEmpty()) {
            throw new IllegalStateException("The tokenizer has no vocabulary.");
        }
        return new WordPiece(pieces);
    }

    /// @param most how many pieces, the marks at both ends included
    long[] ids(String text, int most) {
        IntStream.Builder ids = IntStream.builder();
        ids.add(BEGIN);
        int left = most - 2;
        int[] letters = plain(text);
        int start = 0;
        while (start < letters.length && left > 0) {
            if (Character.isWhitespace(letters[start])) {
                start++;
                continue;
            }
            int end = start + 1;
            if (!isAlone(letters[start])) {
                while (end < letters.length && !isAlone(letters[end]) && !Character.isWhitespace(letters[end])) {
                    end++;
                }
            }
            left -= add(new String(letters, start, end - start), ids, left);
            start = end;
        }
        ids.add(END);
        return ids.build().asLongStream().toArray();
    }

    private int add(String word, IntStream.Builder ids, int most) {
        int[] found = new int[word.length()];
        int count = 0;
        int start = 0;
        while (start < word.length()) {
            int end = word.length();
            Integer id = null;
            while (end > start && id == null) {
                id = pieces.get((start == 0 ? "" : "##") + word.substring(start, end));
                end = id == null ? end - 1 : end;
            }
            if (id == null || word.length() > LONGEST_WORD) {
                ids.add(UNKNOWN);
                return 1;
            }
            found[count++] = id;
            start = end;
        }
        int taken = Math.min(count, most);
        IntStream.of(found).limit(taken).forEach(ids::add);
        return taken;
    }

    private static int[] plain(String text) {
        return Letters.normal(Letters.lower(text), Normalizer.Form.NFD)
                .codePoints()
                .filter(letter -> Character.getType(letter) != Character.NON_SPACING_MARK)
                .filter(letter -> letter != 0 && letter != 0xfffd)
                .filter(letter -> Character.isWhitespace(letter) || !Character.isISOControl(letter))
                .map(letter -> Character.isSpaceChar(letter) ? ' ' : letter)
                .toArray();
    }

    private static boolean isAlone(int letter) {
        if (letter < 128) {
            return letter > ' ' && !Character.isLetterOrDigit(letter);
        }
        return switch (Character.getType(letter)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.HAN;
        };
    }
}
