package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.parley.models.Piece;
import dev.parley.models.Prompt;
import dev.parley.models.Prompt.Note;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.usage.Spent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {
    private static final Encoding VOCABULARY =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    private static Prompt prompt(String text, Map<String, String> more) {
        return new Prompt("echo", List.of(new Turn(Role.USER, text)), null, 100, List.of(), more);
    }

    /// Old scripts and control characters have a token for each byte.
    @ParameterizedTest
    @ValueSource(strings = {"Hello there. ", "\ud80c\udc80\ud80c\udd01", "\u0001\u0002\u0003", "\u0f40\u0f90", "x1!"})
    void noTextHasMoreTokensThanAreHeld(String text) {
        String longer = text.repeat(200);
        assertThat(Meter.most(prompt(longer, Map.of()))).isGreaterThanOrEqualTo(VOCABULARY.countTokensOrdinary(longer));
        assertThat(Meter.most(List.of(longer))).isGreaterThanOrEqualTo(VOCABULARY.countTokensOrdinary(longer));
    }

    @Test
    void whatIsToldBesidesTheMessagesIsHeldToo() {
        String schema = "{\"type\": \"json_schema\", \"description\": \"%s\"}".formatted("x".repeat(100_000));
        assertThat(Meter.most(prompt("Hello", Map.of("response_format", schema))))
                .isGreaterThan(100_000);
        Prompt remembering = new Prompt(
                "echo",
                List.of(new Turn(Role.USER, "Hello")),
                null,
                100,
                List.of(new Note("x".repeat(5_000), "", true)));
        assertThat(Meter.most(remembering)).isGreaterThan(5_000);
    }

    /// Where the provider does not say.
    @Test
    void ofWhatIsToldBesidesTheFormOfTheAnswerIsSpent() {
        Meter meter = new Meter();
        Prompt asked = prompt("12345678", Map.of("response_format", "x".repeat(400), "logit_bias", "x".repeat(4_000)));
        meter.goesOn(new Piece.Text("four"));

        assertThat(meter.spent(asked, null, false)).isEqualTo(new Spent("echo", 4 + 2 + 100, 1));
    }
}
