package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "how do I boil an egg? I have no pot. | How do I boil an egg?",
                "Hi there, what is a monad                | What is a monad",
                "## **Plan** a [trip](https://example.org/x) | Plan a trip",
                "```java class A {} ``` why does this fail | Why does this fail",
                "hi there                                 | Hi there",
                "hello                                    | Hello",
                "Explain in detail the differences between optimistic and pessimistic locking in databases | Explain in detail the differences between optimistic and…",
                "Вчера я ходил в музей. Что дальше?       | Вчера я ходил в музей",
                "今日は何をしましょうか                        | 今日は何をしましょうか",
            })
    void aTitleIsTheFirstSentenceThatSaysSomething(String question, String title) {
        assertThat(Title.from(question)).isEqualTo(title);
    }
}
