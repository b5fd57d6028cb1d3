package dev.parley.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedPlanTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0",
        "3, 1, 0, 0",
        "1000, 1, 0, 0",
        "1001, 3, 0, 0",
        "1000, 1, 7, 0",
        "1000, 2, 250, 0",
        "1000, 1, 0, 900",
        "1000, 1, 3, 900",
        "1000, 1, 1, 1000",
        "1000, 1, 0, 1000"
    })
    void everyMessageIsInAChatAndNoChatIsEmpty(int messages, int users, int chats, int longest) {
        SeedPlan plan = new SeedPlan(messages, users, chats, longest, "ada@example.com", 1, false);
        SplittableRandom random = new SplittableRandom(1);
        List<Integer> all = new ArrayList<>();
        for (int person = 0; person < users; person++) {
            List<Integer> sizes = plan.chatSizes(person, random);
            if (chats > 0) {
                assertThat(sizes).hasSize(chats);
            }
            all.addAll(sizes);
        }
        assertThat(all).allMatch(size -> size > 0);
        assertThat(all.stream().mapToInt(Integer::intValue).sum()).isEqualTo(messages);
        assertThat(plan.emails()).hasSize(users).startsWith("ada@example.com").doesNotHaveDuplicates();
        if (longest > 0) {
            assertThat(all).startsWith(longest);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 0, 0", "100, 2, 0, 60", "100, 1, 51, 0", "100, 1, 1, 90", "100, 1, 20, 90"})
    void whatDoesNotFitIsRefused(int messages, int users, int chats, int longest) {
        assertThatThrownBy(() -> new SeedPlan(messages, users, chats, longest, "ada@example.com", 1, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
