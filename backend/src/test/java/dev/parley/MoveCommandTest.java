package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MoveCommandTest {
    @Test
    void itIsSaidWhereEverythingGoes() {
        assertThat(MoveCommand.parse(List.of("embedded"))).isEqualTo(new MoveCommand("", false));
        assertThat(MoveCommand.parse(List.of("--force", "embedded"))).isEqualTo(new MoveCommand("", true));
        for (List<String> words : List.of(
                List.<String>of(),
                List.of("--force"),
                List.of("elsewhere"),
                List.of("embedded", "external"),
                List.of("postgresql://user:secret@host/name"))) {
            assertThatThrownBy(() -> MoveCommand.parse(words))
                    .isInstanceOf(Misuse.class)
                    .hasMessageNotContaining("secret");
        }
    }
}
