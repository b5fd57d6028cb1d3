package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// By words alone: what the model adds is measured by the benchmark.
class RankingTest {
    private static final Instant START = Instant.parse("2026-05-08T10:00:00Z");

    private final Block block = new Block(MiniLm.MODEL);
    private final List<String> texts = new ArrayList<>();

    private void say(int speaker, UUID chat, Duration after, String text) {
        Turn turn = Turn.of(
                new UUID(0, texts.size()),
                chat,
                speaker,
                speaker == Speakers.PERSON ? "User" : "Assistant",
                START.plus(after),
                text);
        block.add(turn);
        texts.add(text);
    }

    private List<String> best(String question, int most) {
        Question read =
                Question.read(question, Speakers.ofChat(), Turn.day(START).plusDays(200));
        List<String> best = new ArrayList<>();
        for (int turn : Ranking.of(block, read, null).best(most)) {
            best.add(texts.get(turn));
        }
        return best;
    }

    private void filler(UUID chat, int count) {
        for (int i = 0; i < count; i++) {
            say(i % 2, chat, Duration.ofMinutes(i), "The weather report number " + i + " speaks of rain.");
        }
    }

    @Test
    void theTurnWithTheWordsComesFirst() {
        filler(new UUID(1, 1), 30);
        say(0, new UUID(1, 2), Duration.ofDays(1), "We adopted a beagle called Biscuit.");
        filler(new UUID(1, 3), 30);
        assertThat(best("What is the beagle called that I adopted?", 1))
                .first()
                .asString()
                .contains("Biscuit");
    }

    @Test
    void anAnswerIsFoundByItsQuestion() {
        filler(new UUID(1, 1), 30);
        say(1, new UUID(1, 2), Duration.ofDays(1), "Which instrument do you play?");
        say(0, new UUID(1, 2), Duration.ofDays(1), "The cello, since school.");
        filler(new UUID(1, 3), 30);
        assertThat(best("Which instrument do I play?", 1)).containsExactly("The cello, since school.");
    }

    @Test
    void theDayDecidesBetweenTheSameWords() {
        for (int i = 0; i < 10; i++) {
            say(0, new UUID(1, i), Duration.ofDays(30L * i), "I went running today.");
        }
        assertThat(Ranking.of(
                                block,
                                Question.read(
                                        "When did I go running in July 2026?", Speakers.ofChat(), Turn.day(START)),
                                null)
                        .best(1))
                .containsExactly(2);
    }

    @Test
    void neighboursOfAnotherSessionSayNothing() {
        say(0, new UUID(1, 1), Duration.ZERO, "About the cello.");
        say(0, new UUID(1, 1), Duration.ofDays(2), "Good morning.");
        say(0, new UUID(1, 1), Duration.ofDays(2), "And again.");
        assertThat(block.previous(1)).isNegative();
        assertThat(block.next(1)).isEqualTo(2);
        assertThat(block.sessionCount()).isEqualTo(2);
    }

    @Test
    void nothingIsToBeFoundInNothing() {
        assertThat(best("Where do I live?", 10)).isEmpty();
    }
}
