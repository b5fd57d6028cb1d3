package dev.parley.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chats.Conversation.Said;
import dev.parley.chats.Message.Role;
import dev.parley.models.Models.Capabilities;
import dev.parley.models.Models.Model;
import dev.parley.shared.Ids;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenCounterTest {
    private static final String RUSSIAN = "Все люди рождаются свободными";

    private static final TokenCounter COUNTER = new TokenCounter();

    @AfterAll
    static void close() {
        COUNTER.destroy();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, O200K",
        "openai/gpt-5.1, ESTIMATE",
        "openai/gpt-5-mini, O200K",
        "o3, O200K",
        "gpt-4, CL100K",
        "GPT-4-turbo-2024-04-09, CL100K",
        "gpt-4.1-nano, O200K",
        "meta-llama/llama-3.3-70b-instruct, ESTIMATE",
        "o1js, ESTIMATE",
    })
    void theNameTellsTheVocabulary(String name, Counting counting) {
        Model model = new Model(name, name, "openai", false, new Capabilities(false, false, false), 8_192);
        assertThat(Counting.of(model)).isEqualTo(counting);
    }

    /// The values are those of OpenAI's own tokenizer.
    @ParameterizedTest
    @CsvSource({
        "O200K, tiktoken is great!, 6",
        "CL100K, tiktoken is great!, 6",
        "CL100K, お誕生日おめでとう, 9",
        "O200K, お誕生日おめでとう, 8",
        "ESTIMATE, tiktoken is great!, 9",
        "CHARACTERS, tiktoken is great!, 6",
    })
    void countsAsTheModelDoes(Counting counting, String text, long tokens) {
        assertThat(COUNTER.compute(() -> COUNTER.tokens(counting, text))).isEqualTo(tokens);
    }

    @ParameterizedTest
    @EnumSource(Counting.class)
    void noTextHasMoreTokensThanItsBytesAllow(Counting counting) {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            String text = random.ints(random.nextInt(300), 1, 0x2fa1f)
                    .filter(point -> point < 0xd800 || point > 0xdfff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            long bytes = text.getBytes(UTF_8).length;
            assertThat(COUNTER.tokens(counting, text)).isLessThanOrEqualTo(counting.most(bytes));
        }
    }

    @Test
    void controlTokensInATextAreText() {
        assertThat(COUNTER.tokens(Counting.CL100K, "<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void aMessageIsCountedOnce() {
        Said said = new Said(Ids.next(), null, Role.USER, RUSSIAN, RUSSIAN.getBytes(UTF_8).length);
        Said sameId = new Said(said.id(), null, Role.USER, "another text that nobody ever gives this message", 48);
        long tokens = COUNTER.tokens(Counting.O200K, said);
        assertThat(tokens).isEqualTo(COUNTER.tokens(Counting.O200K, RUSSIAN));
        assertThat(COUNTER.tokens(Counting.O200K, sameId)).isEqualTo(tokens);
        assertThat(COUNTER.tokens(Counting.CL100K, said)).isNotEqualTo(tokens);
    }

    /// What people paste: one letter, one gap, letters without any order. Nothing here grows with the square.
    @ParameterizedTest
    @EnumSource(
            value = Counting.class,
            names = {"O200K", "CL100K"})
    void longRepetitionsAreCounted(Counting counting) {
        for (String unit : new String[] {"a", " ", "\n", "国", "🙂", "!"}) {
            assertThat(COUNTER.tokens(counting, unit.repeat(100_000))).isBetween(700L, 200_000L);
        }
    }
}
