package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.models.Prompt;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletOutputStream;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class AnswerTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final Prompt PROMPT = new Prompt("echo", List.of(new Turn(Role.USER, "Hello")), null, null);

    @Test
    void whoWantsNoStreamAndGoesAwayStopsAModelThatNeverPauses() {
        OneModel model = new OneModel(100_000);
        try (Call call = new Call(PROMPT, model, "request")) {
            assertThatThrownBy(() -> answer(new Gone(), Duration.ZERO).tell(call))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The client has gone.");
        }
        assertThat(model.isClosed()).isTrue();
    }

    @Test
    void whatIsSpokenMeanwhileIsNoPartOfTheAnswer() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try (Call call = new Call(PROMPT, new OneModel(3), "request")) {
            answer(response, Duration.ZERO).tell(call);
        }

        String body = response.getContentAsString();
        assertThat(body).startsWith("    {");
        assertThat(JSON.readTree(body)
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo("and on and on and on ");
        assertThat(response.getHeader("Content-Encoding")).isEqualTo("identity");
    }

    @Test
    void aQuickAnswerIsJsonAlone() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try (Call call = new Call(PROMPT, new OneModel(3), "request")) {
            answer(response, Duration.ofHours(1)).tell(call);
        }

        assertThat(response.getContentAsString()).startsWith("{");
        assertThat(response.getHeader("Content-Encoding")).isNull();
    }

    @Test
    void whatEndsBeforeTheModelToldItsCountIsCountedRoughly() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try (Call call = new Call(PROMPT, new OneModel(100_000), "request")) {
            answer(response, Duration.ofHours(1), "on").tell(call);
        }

        JsonNode usage = JSON.readTree(response.getContentAsString()).path("usage");
        assertThat(usage.path("prompt_tokens").asLong()).isPositive();
        assertThat(usage.path("completion_tokens").asLong()).isPositive();
    }

    private static Answer answer(MockHttpServletResponse response, Duration beat, String... stop) {
        Map<String, Object> body = Map.of(
                "model",
                "echo",
                "messages",
                List.of(Map.of("role", "user", "content", "Hello")),
                "stop",
                List.of(stop));
        return new Answer("1", 0, CompletionRequest.of(JSON.valueToTree(body)), new Line(response, beat), JSON);
    }

    private static final class Gone extends MockHttpServletResponse {
        @Override
        public ServletOutputStream getOutputStream() {
            return new DelegatingServletOutputStream(new OutputStream() {
                @Override
                public void write(int single) throws IOException {
                    throw new IOException("The client has gone.");
                }
            });
        }
    }
}
