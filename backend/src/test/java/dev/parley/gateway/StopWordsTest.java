package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopWordsTest {
    @ParameterizedTest
    @CsvSource({
        "one two END three, END, 'one two '",
        "one two three, END, one two three",
        "ENEND, END, EN",
        "END at once, END, ''",
        "aab, ab, a",
        "half of it EN, END, half of it EN",
    })
    void endsBeforeTheWordHoweverItIsCutIntoPieces(String answer, String word, String expected) {
        for (int size = 1; size <= answer.length(); size++) {
            StopWords stops = new StopWords(List.of(word, "never"));
            StringBuilder told = new StringBuilder();
            for (int at = 0; at < answer.length() && !stops.found(); at += size) {
                told.append(stops.add(answer.substring(at, Math.min(at + size, answer.length()))));
            }
            told.append(stops.found() ? "" : stops.rest());
            assertThat(told).as("in pieces of %d", size).hasToString(expected);
        }
    }

    @Test
    void holdsNothingBackThatCannotBecomeOne() {
        StopWords stops = new StopWords(List.of("\n\nUser:"));

        assertThat(stops.add("Hello\n")).isEqualTo("Hello");
        assertThat(stops.add("there")).isEqualTo("\nthere");
    }
}
