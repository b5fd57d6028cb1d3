package dev.parley.chats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.UserId;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {
    private static final UserId OWNER = new UserId(UUID.fromString("01a206f1-527f-7000-bf51-7925a6f37abc"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Hello, World! | hello world",
                "Zürich-Oerlikon 8050 | zürich oerlikon 8050",
                "日本語 test | 日本 本語 語 test",
                "猫 | 猫",
                "snake_case | snake case",
                "バター | バタ ター ー",
                "ｆｕｌｌ Zu\u0308rich | full zürich",
                "don't \\ 'quote' | don t quote",
            })
    void wordsAreLowerCaseAndSpacelessLanguagesArePairs(String text, String words) {
        assertThat(SearchText.tokens(text).stream().map(SearchText.Token::word).collect(Collectors.joining(" ")))
                .isEqualTo(words);
    }

    @Test
    void aVectorHoldsEachWordOfItsOwnerOnceWithItsPlaces() {
        assertThat(SearchText.vector(OWNER, "To be or not to be"))
                .isEqualTo("'abcto':1,5 'abcbe':2,6 'abcor':3 'abcnot':4");
        assertThat(SearchText.vector(OWNER, " … ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "two words | 'abctwo' & 'abcwords':*",
                "日本語 | 'abc日本' <-> 'abc本語'",
                "猫 | 'abc猫':*",
                "plan b | 'abcplan' & 'abcb'",
                "黒猫 and 日 | 'abc黒猫' & 'abcand' & 'abc日':*",
            })
    void allWordsAreAskedForAndTheLastMayBeABeginning(String text, String query) {
        assertThat(SearchQuery.of(text).tsquery(OWNER)).isEqualTo(query);
    }

    @Test
    void aQueryCannotBreakOutOfItsQuotes() {
        assertThat(SearchQuery.of("a' | b:* & !c").tsquery(OWNER)).isEqualTo("'abca' & 'abcb' & 'abcc'");
        assertThat(SearchQuery.of(" !&|() ").isEmpty()).isTrue();
        assertThat(SearchText.quoted("a'b\\c")).isEqualTo("'a''b\\\\c'");
    }

    @Test
    void aSnippetIsEscapedAndMarked() {
        assertThat(snippet("say <b>Hello</b> & goodbye", "hello"))
                .isEqualTo("say &lt;b&gt;<mark>Hello</mark>&lt;/b&gt; &amp; goodbye");
    }

    @Test
    void aSnippetMarksWordsAndNotTheirInsides() {
        assertThat(snippet("cat concat cats category", "cat x")).isEqualTo("<mark>cat</mark> concat cats category");
        assertThat(snippet("cat concat cats", "cat")).isEqualTo("<mark>cat</mark> concat <mark>cats</mark>");
    }

    @Test
    void aSnippetMarksARunOfCharactersOnce() {
        assertThat(snippet("これは日本語です", "日本語")).isEqualTo("これは<mark>日本語</mark>です");
    }

    @Test
    void lettersThatChangeTheirLengthInLowerCaseMoveNoMark() {
        assertThat(snippet("İİİ İstanbul <needle>", "needle")).isEqualTo("İİİ İstanbul &lt;<mark>needle</mark>&gt;");
    }

    @Test
    void aSnippetOfALongTextShowsThePlaceOfTheMatch() {
        String snippet = snippet("x ".repeat(500) + "needle" + " y".repeat(500), "needle");
        assertThat(snippet).contains("<mark>needle</mark>").startsWith("…").endsWith("…");
        assertThat(snippet.length()).isLessThan(240);
    }

    @Test
    void aSnippetShowsWhereMostOfTheWordsAre() {
        String text = "salt alone" + " x".repeat(300) + " where salt and water meet" + " x".repeat(300);
        assertThat(snippet(text, "salt water")).contains("<mark>salt</mark> and <mark>water</mark>");
    }

    private static String snippet(String text, String query) {
        return Snippet.of(text, SearchQuery.of(query));
    }
}
