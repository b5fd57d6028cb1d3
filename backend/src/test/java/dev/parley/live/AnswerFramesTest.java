package dev.parley.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.AnswerBegun;
import dev.parley.answers.Event;
import dev.parley.answers.Event.Kind;
import dev.parley.answers.Event.Placed;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswerFramesTest {
    private final JsonMapper json = new JsonMapper();
    private final AnswerBegun answer = new AnswerBegun(new UserId(Ids.next()), Ids.next(), Ids.next());
    private final AnswerFrames frames = new AnswerFrames(answer, json);

    private List<String> written(Placed placed) throws IOException {
        List<String> all = new ArrayList<>();
        frames.write(placed, all::add);
        return all;
    }

    @Test
    void aDeltaSaysWhereItBelongs() throws IOException {
        assertThat(written(new Placed(41, new Event.Delta(Kind.TEXT, "Hel\"lo\n🙂"))))
                .singleElement()
                .isEqualTo("{\"type\":\"delta\",\"chat_id\":\"" + answer.chatId() + "\",\"message_id\":\""
                        + answer.messageId() + "\",\"id\":41,\"text\":\"Hel\\\"lo\\n🙂\"}");
        assertThat(written(new Placed(42, new Event.Delta(Kind.REASONING, "Hm")))
                        .getFirst())
                .startsWith("{\"type\":\"reasoning\",");
    }

    /// However much was merged, a client can come back after any part, and takes no frame of more than 256 KiB.
    @ParameterizedTest
    @ValueSource(strings = {"x", "🙂", "x🙂", "\u0001", "\u65e5"})
    void longTextGoesInParts(String unit) throws IOException {
        String text = unit.repeat(200_000 / unit.length() + 1);
        long end = (3L << 32) + 500_000;
        long place = end - text.length();
        StringBuilder joined = new StringBuilder();
        for (String frame : written(new Placed(end, new Event.Delta(Kind.TEXT, text)))) {
            assertThat(frame.getBytes(UTF_8).length).isLessThan(256 * 1024);
            JsonNode part = json.readTree(frame);
            place += part.path("text").asString().length();
            assertThat(part.path("id").asLong()).isEqualTo(place);
            joined.append(part.path("text").asString());
        }
        assertThat(joined.toString()).isEqualTo(text);
        assertThat(place).isEqualTo(end);
    }

    @Test
    void theEndThatFailedIsToldApartByItsId() throws IOException {
        JsonNode error = json.readTree(
                written(new Placed(9, new Event.Failed("AI_PROVIDER_ERROR", "It \"failed\".", answer.messageId())))
                        .getFirst());
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.path("id").asLong()).isEqualTo(9);
        assertThat(error.path("message_id").asString())
                .isEqualTo(answer.messageId().toString());
        assertThat(error.path("code").asString()).isEqualTo("AI_PROVIDER_ERROR");
        assertThat(error.path("message").asString()).isEqualTo("It \"failed\".");
    }

    @Test
    void aResetIsJson() throws IOException {
        assertThat(written(new Placed(1, new Event.Reset())).stream()
                        .map(frame -> json.readTree(frame).path("type").asString())
                        .collect(Collectors.joining()))
                .isEqualTo("reset");
    }
}
