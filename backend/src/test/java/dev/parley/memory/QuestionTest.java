package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
    /// A Sunday.
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in May 2023 | 2023-05-01 | 2023-05-31",
                "What did I say on 8 May, 2023? | 2023-05-08 | 2023-05-08",
                "on May 8th | 2026-05-08 | 2026-05-08",
                "in December | 2025-12-01 | 2025-12-31",
                "on 2024-02-29 | 2024-02-29 | 2024-02-29",
                "am 3.10.2025 | 2025-10-03 | 2025-10-03",
                "last week | 2026-11-09 | 2026-11-15",
                "yesterday | 2026-11-21 | 2026-11-21",
                "three months ago | 2026-08-01 | 2026-08-31",
                "vor zwei Jahren | 2024-01-01 | 2024-12-31",
                "letzte Woche | 2026-11-09 | 2026-11-15",
                "im März 2025 | 2025-03-01 | 2025-03-31",
                "last Friday | 2026-11-20 | 2026-11-20",
                "in the summer of 2022 | 2022-06-01 | 2022-08-31",
                "in 2021 | 2021-01-01 | 2021-12-31"
            })
    void daysAreUnderstood(String text, LocalDate from, LocalDate to) {
        assertThat(Question.read(text, Speakers.ofChat(), TODAY).days()).containsExactly(new Dates.Range(from, to));
    }

    @ParameterizedTest
    @CsvSource({
        "may I ask you something, 0",
        "the 31 of February 2023, 1",
        "my order 20231105 is late, 0",
        "march on, 0"
    })
    void whatIsNoDayIsNone(String text, int ranges) {
        assertThat(Question.read(text, Speakers.ofChat(), TODAY).days()).hasSize(ranges);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "When did I move to Oslo? | move oslo | true",
                "What did I tell you about my sister's wedding in May 2023? | sister wedding | false",
                "Wann habe ich den Hund geholt? | hund geholt | true",
                "Which month was the race? | race | true"
            })
    void theTopicIsWhatIsLeft(String text, String topic, boolean asksWhen) {
        Question question = Question.read(text, Speakers.ofChat(), TODAY);
        assertThat(question.topic()).isEqualTo(topic);
        assertThat(question.asksWhen()).isEqualTo(asksWhen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What is my dog called? | 1",
                "What did I say about Rome? | 1",
                "What did you recommend to me? | 2",
                "What is the capital of Norway? | 0",
                "Wo wohne ich? | 1",
                "Was hast du mir empfohlen? | 2"
            })
    void itIsKnownWhoseWordsAreWanted(String text, int who) {
        assertThat(Question.read(text, Speakers.ofChat(), TODAY).who()).isEqualTo(who);
    }

    @Test
    void peopleAreNamed() {
        Speakers speakers = Speakers.named(List.of(Set.of("ada"), Set.of("ben")));
        Question question = Question.read("What is Ben's favourite book?", speakers, TODAY);
        assertThat(question.who()).isEqualTo(2);
        assertThat(question.topic()).isEqualTo("favourite book");
    }
}
