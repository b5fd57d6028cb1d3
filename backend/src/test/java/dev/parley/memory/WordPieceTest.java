package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class WordPieceTest {
    private final WordPiece pieces = WordPiece.read(
            Objects.requireNonNull(WordPieceTest.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")));

    @Test
    void wordsAndTheirPartsHaveTheNumbersThatTheModelLearned() {
        assertThat(pieces.ids("Hello, world!", 16)).containsExactly(101, 7592, 1010, 2088, 999, 102);
        assertThat(pieces.ids("embeddings", 16)).containsExactly(101, 7861, 8270, 4667, 2015, 102);
    }

    @Test
    void caseAccentsAndSpacesSayNothing() {
        assertThat(pieces.ids(" CAFÉ\u00a0\t au  lait ", 16)).containsExactly(pieces.ids("cafe au lait", 16));
    }

    @Test
    void aLongTextIsCutAndStillEnds() {
        long[] ids = pieces.ids("word ".repeat(1_000), 256);
        assertThat(ids).hasSize(256).startsWith(101).endsWith(102);
    }

    @Test
    void whatNobodyLearnedIsUnknownAndChineseStandsAlone() {
        assertThat(pieces.ids("x".repeat(101), 8)).containsExactly(101, 100, 102);
        assertThat(pieces.ids("日本", 8)).hasSize(4);
        assertThat(pieces.ids("", 8)).containsExactly(101, 102);
    }
}
