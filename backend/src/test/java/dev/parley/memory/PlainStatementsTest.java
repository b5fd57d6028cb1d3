package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.memory.PlainStatements.Said;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainStatementsTest {
    private static String read(String message) {
        return PlainStatements.in(message).stream()
                .map(said -> switch (said) {
                    case Said.Remember one -> one.slot() == null ? one.content() : one.slot() + ": " + one.content();
                    case Said.Forget one -> "forget: " + one.what();
                })
                .collect(Collectors.joining(" / "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "My name is Ada, I live in Lyon. | name: My name is Ada. / home.city: I live in Lyon.",
                "my name is ada and i live in lyon | name: My name is ada. / home.city: I live in lyon.",
                "I'm called Jean-Luc Picard. | name: My name is Jean-Luc Picard.",
                "I moved to Oslo last month. | home.city: I live in Oslo.",
                "I've just moved from Lyon to New York! | home.city: I live in New York.",
                "Ich heiße Jürgen und wohne in Köln. | name: Ich heiße Jürgen.",
                "Ich wohne in Köln. | home.city: Ich wohne in Köln.",
                "Ich bin nach Hamburg gezogen. | home.city: Ich wohne in Hamburg.",
                "Call me Al. | call: Call me Al.",
                "I work as a nurse at night. | work.role: I work as a nurse at night.",
                "I prefer tea to coffee. | I prefer tea to coffee.",
                "My dog is called Biscuit. | my.dog: My dog is Biscuit.",
                "My favourite colour is green | my.favourite colour: My favourite colour is green.",
                "Remember that the gate code is in the blue folder. | The gate code is in the blue folder.",
                "Please remember: I live in Rome. | home.city: I live in Rome.",
                "Merk dir, dass der Müll am Dienstag kommt. | Der Müll am Dienstag kommt.",
                "Forget that I live in Lyon. | forget: I live in Lyon",
                "From now on answer in short sentences. | From now on answer in short sentences.",
                "I am 41 years old. | age: I am 41 years old.",
                "I'm vegetarian. | diet: I am vegetarian."
            })
    void plainSentencesAreUnderstood(String message, String expected) {
        assertThat(read(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Where do I live?",
                "Is my name is Ada correct grammar?",
                "If I live in Paris, what is my tax rate?",
                "Imagine I live in Tokyo.",
                "Write a story: my name is Bond.",
                "Translate \"I live in Berlin\" into French.",
                "> I live in Berlin\nWhat is wrong here?",
                "```\nmy name is root\n```",
                "I live in fear of deadlines.",
                "I love it!",
                "I would like you to fix this.",
                "My code is broken.",
                "Forget it.",
                "Note: the API key is sk-1234567890abcdef.",
                "Note that the function returns null.",
                "Remember that movie we saw?",
                "Forget that I live in Lyon?",
                "Imagine a hypnotist: forget that you live in Lyon.",
                "My password is my favourite colour is hunter2.",
                "I'm from the future, said the robot, and I was diagnosed with rust."
            })
    void whatSaysNothingOfAPersonIsNotRemembered(String message) {
        assertThat(read(message)).isEmpty();
    }

    @Test
    void whatIsPastedIsNotTheirs() {
        String pasted = "Lorem ipsum dolor sit amet. ".repeat(100);
        assertThat(read("I live in Oslo. " + pasted)).isEmpty();
        assertThat(read("Remember that the key is sk-1234567890. " + pasted)).isEmpty();
        assertThat(read("Forget Berlin. " + pasted)).isEmpty();
        assertThat(read("First we take Manhattan.\nForget Berlin.\n" + "La la la.\n".repeat(50)))
                .isEmpty();
    }

    /// Whole messages in one breath, and whatever makes a pattern try again and again: twice as much takes about twice
    /// as long, and what is longer than a person writes is not read.
    @ParameterizedTest
    @MethodSource("hostile")
    void noMessageTakesLong(IntFunction<String> message) {
        long shorter = nanos(message.apply(500));
        long longer = nanos(message.apply(1_950));
        assertThat(longer).isLessThan(10 * shorter + Duration.ofMillis(3).toNanos());
        assertThat(nanos(message.apply(100_000)))
                .isLessThan(10 * shorter + Duration.ofMillis(3).toNanos());
    }

    /// Of several attempts the quickest: the machine may have had something else to do.
    private static long nanos(String message) {
        return LongStream.range(0, 12)
                .map(_ -> {
                    long start = System.nanoTime();
                    PlainStatements.in(message);
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow();
    }

    private static Stream<IntFunction<String>> hostile() {
        return Stream.of(
                length -> "a" + "\n".repeat(length) + "b",
                length -> "forget x" + "!".repeat(length) + "?",
                length -> "remember that x" + "!".repeat(length) + " y",
                length -> "a.".repeat(length / 2),
                length -> "\"".repeat(length),
                length -> "`".repeat(length),
                length -> "my ".repeat(length / 3),
                length -> "always answer " + "immer antworte ".repeat(length / 15) + "!".repeat(length / 15),
                length -> " ".repeat(length) + "x");
    }

    @Test
    void whatIsSensitiveIsRememberedOnTheirWordAlone() {
        assertThat(read("I hate my diabetes medication.")).isEmpty();
        assertThat(PlainStatements.in("Remember that I am allergic to nuts."))
                .singleElement()
                .isInstanceOfSatisfying(
                        Said.Remember.class, said -> assertThat(said.origin()).isEqualTo(Memory.Origin.EXPLICIT));
    }

    @Test
    void aSentenceWrittenByHandHasAPlaceToo() {
        assertThat(List.of(
                        String.valueOf(PlainStatements.slotOf("I live in Oslo.")),
                        String.valueOf(PlainStatements.slotOf("The gate is blue."))))
                .containsExactly("home.city", "null");
    }
}
