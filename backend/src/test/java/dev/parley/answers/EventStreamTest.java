package dev.parley.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.Event.Kind;
import dev.parley.answers.Event.Placed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventStreamTest {
    private final JsonMapper json = new JsonMapper();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final EventStream stream = new EventStream(bytes, json);

    private String written() {
        return bytes.toString(UTF_8);
    }

    @Test
    void aDeltaIsOneEvent() throws IOException {
        stream.write(new Placed(41, new Event.Delta(Kind.TEXT, "Hel")));
        assertThat(written()).isEqualTo("id: 41\nevent: delta\ndata: {\"text\":\"Hel\"}\n\n");
    }

    /// Whatever the text is, a JSON parser reads it back.
    @Test
    void everyUnitSurvives() throws IOException {
        StringBuilder all = new StringBuilder("🙂𝄞");
        for (char unit = 1; unit < 0xd800; unit++) {
            all.append(unit);
        }
        stream.write(new Placed(1, new Event.Delta(Kind.REASONING, all.toString())));
        String data = written().substring(written().indexOf("data: ") + 6);
        assertThat(data.indexOf('\n')).isEqualTo(data.length() - 2);
        assertThat(json.readTree(data).path("text").asString()).isEqualTo(all.toString());
    }

    @Test
    void anErrorNamesItsMessage() throws IOException {
        UUID id = UUID.fromString("01a205b7-30ea-7000-ab03-6a26664f5e9b");
        stream.write(new Placed(9, new Event.Failed("AI_PROVIDER_ERROR", "It failed.", id)));
        assertThat(written()).startsWith("id: 9\nevent: error\n").contains(id.toString());
    }
}
