package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResetLinkCommandTest {
    private static final String OPTION = "--without-second-factor";

    @Test
    void takesOneEmailAndAnOptionOnEitherSide() {
        assertThat(ResetLinkCommand.parse(List.of("ada@example.org")))
                .isEqualTo(new ResetLinkCommand("ada@example.org", false));
        assertThat(ResetLinkCommand.parse(List.of("ada@example.org", OPTION)))
                .isEqualTo(ResetLinkCommand.parse(List.of(OPTION, "ada@example.org")))
                .isEqualTo(new ResetLinkCommand("ada@example.org", true));
    }

    @Test
    void isCalledWronglyWithoutAnEmailWithTwoOrWithAnotherOption() {
        for (List<String> words : List.of(
                List.<String>of(), List.of(OPTION), List.of("a@b.org", "c@d.org"), List.of("--force", "a@b.org"))) {
            assertThatThrownBy(() -> ResetLinkCommand.parse(words))
                    .as(words.toString())
                    .isInstanceOf(Misuse.class);
        }
    }
}
