package dev.parley.chats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World! | hello world",
                "Zürich-Oerlikon 8050 | zürich oerlikon 8050",
                "日本語 test | 日本 本語 test",
                "猫 | 猫",
                "snake_case | snake case",
            })
    void wordsAreLowerCaseAndSpacelessLanguagesArePairs(String text, String words) {
        assertThat(SearchText.indexed(text)).isEqualTo(words);
    }

    @Test
    void aQueryCannotBreakOutOfItsQuotes() {
        assertThat(SearchText.asked("a' | b:* & !c")).isEqualTo("'a' & 'b' & 'c':*");
        assertThat(SearchText.asked(" !&|() ")).isEmpty();
    }

    @Test
    void aSnippetIsEscapedAndMarked() {
        assertThat(Snippet.of("say <b>Hello</b> & goodbye", List.of("hello")))
                .isEqualTo("say &lt;b&gt;<mark>Hello</mark>&lt;/b&gt; &amp; goodbye");
    }

    @Test
    void aSnippetOfALongTextShowsThePlaceOfTheMatch() {
        String snippet = Snippet.of("x ".repeat(500) + "needle" + " y".repeat(500), List.of("needle"));
        assertThat(snippet).contains("<mark>needle</mark>").startsWith("…").endsWith("…");
        assertThat(snippet.length()).isLessThan(240);
    }
}
