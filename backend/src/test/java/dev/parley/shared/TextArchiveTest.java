package dev.parley.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextArchiveTest {
    @Test
    void eachOfManyTextsWithOneNameHasItsOwn() {
        Map<String, Integer> names = new HashMap<>();
        List<String> given = new ArrayList<>();
        for (String name : List.of("Tea", "tea (2)", "TEA", "Tea", "Tea (2)")) {
            given.add(TextArchive.unlike(names, name));
        }

        assertThat(given).containsExactly("Tea", "tea (2)", "TEA (3)", "Tea (4)", "Tea (2) (2)");
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 100_000; i++) {
                TextArchive.unlike(names, "Tea");
            }
        });
    }
}
