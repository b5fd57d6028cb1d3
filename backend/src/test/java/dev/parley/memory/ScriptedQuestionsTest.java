package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ApiTest;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// More than 200 questions to made-up lives, through everything that happens between a chat and a prompt.
@ApiTest
class ScriptedQuestionsTest {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    private final Lives lives;
    private final List<String> missed = new ArrayList<>();
    private int asked;

    ScriptedQuestionsTest(@Autowired Lives lives) {
        this.lives = lives;
    }

    private record Said(int daysAgo, String text, String question, String word, String dated) {
        static Said of(String line) {
            String[] parts = line.split(" \\| ", -1);
            int days = Integer.parseInt(parts[0]);
            String month = MONTH.format(LocalDate.now(ZoneOffset.UTC).minusDays(days));
            return new Said(days, parts[1], parts[2], parts[3], parts[4].replace("{month}", month));
        }
    }

    private void check(String question, boolean right, List<String> told) {
        asked++;
        if (!right) {
            missed.add(question + " -> " + told);
        }
    }

    private void assertRight(double share) {
        assertThat(missed).as("%d of %d questions missed", missed.size(), asked).hasSizeLessThanOrEqualTo((int)
                Math.floor(asked * (1 - share)));
    }

    private static boolean holds(List<String> told, String word) {
        return told.stream().anyMatch(line -> line.contains(word));
    }

    @Test
    void whatWasSaidIsFoundByItsWordsItsMeaningAndItsDay() {
        List<Said> life = Lives.lines("life.txt").stream().map(Said::of).toList();
        UserId person = lives.somebody();
        for (Said one : life) {
            lives.say(person, Duration.ofDays(one.daysAgo), one.text);
        }
        lives.settle(person);
        for (Said one : life) {
            List<String> told = lives.told(person, one.question);
            check(one.question, holds(told, one.word), told);
            List<String> dated = lives.told(person, one.dated);
            check(one.dated, holds(dated, one.word), dated);
        }
        assertThat(asked).isGreaterThanOrEqualTo(118);
        assertRight(0.9);

        UserId another = lives.somebody();
        lives.say(another, Duration.ofDays(1), "Good morning.");
        for (Said one : life) {
            assertThat(lives.told(another, one.question)).as(one.question).isEmpty();
        }

        missed.clear();
        asked = 0;
        for (String question : Lives.lines("never-said.txt")) {
            // Who somebody is, is told whatever they ask.
            List<String> told = lives.told(person, question).stream()
                    .filter(line -> !line.startsWith("- [profile]"))
                    .toList();
            check(question, told.isEmpty(), told);
        }
        assertRight(0.8);
    }

    @Test
    void whatIsTrueNowComesFirst() {
        UserId person = lives.somebody();
        List<String[]> changes = new ArrayList<>();
        for (String line : Lives.lines("updates.txt")) {
            if (line.equals("---")) {
                assertUpdates(person, changes);
                person = lives.somebody();
                changes.clear();
            } else {
                changes.add(line.split(" \\| ", -1));
            }
        }
        assertUpdates(person, changes);
        assertThat(asked).isGreaterThanOrEqualTo(44);
        assertRight(0.95);
    }

    private void assertUpdates(UserId person, List<String[]> changes) {
        changes.forEach(change -> lives.say(person, Duration.ofDays(200), change[0]));
        changes.forEach(change -> lives.say(person, Duration.ofDays(10), change[1]));
        lives.settle(person);
        for (String[] change : changes) {
            List<String> told = lives.told(person, change[2]);
            List<String> current = told.stream()
                    .filter(line -> !line.contains("no longer true"))
                    .toList();
            boolean right = holds(current, change[3])
                    && current.stream().noneMatch(line -> line.contains("“" + change[0] + "”"));
            check(change[2], right, told);
        }
    }

    @Test
    void whatIsForgottenIsToldNoMore() {
        UserId person = lives.somebody();
        List<String> facts = Lives.lines("updates.txt").stream()
                .filter(line -> !line.equals("---"))
                .map(line -> line.split(" \\| ", -1)[0])
                .filter(fact -> fact.startsWith("My ") && !fact.startsWith("My name"))
                .toList();
        facts.forEach(fact -> lives.say(person, Duration.ofDays(20), fact));
        lives.settle(person);
        for (String fact : facts) {
            String word = fact.substring(fact.lastIndexOf(' ') + 1).replace(".", "");
            assertThat(holds(lives.told(person, "What about " + fact), word))
                    .as(fact)
                    .isTrue();
            lives.say(person, Duration.ofDays(1), "Forget that " + fact.replace(" called", ""));
            assertThat(lives.told(person, "What about " + fact))
                    .as(fact)
                    .noneMatch(line -> line.contains(word) && line.contains(fact.substring(0, 6)));
        }
        assertThat(facts.size()).isGreaterThanOrEqualTo(15);
    }
}
