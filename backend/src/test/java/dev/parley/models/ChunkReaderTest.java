package dev.parley.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.models.Chunk.Fault;
import dev.parley.models.Piece.Usage;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

@NullMarked
class ChunkReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null} | | |
            {"choices":[{"delta":{"content":"a\\u00e9\\n\\ud83d\\ude42"}}]}     | aé↵🙂 | |
            {"choices":[{"delta":{"content":"a"},"finish_reason":"length"}]}  | a | | length
            {"choices":[{"delta":{"reasoning_content":"r","content":null}}]}  | | r |
            {"choices":[{"delta":{"reasoning":"r","reasoning_content":"r"}}]} | | r |
            {"choices":[{"delta":{"refusal":"No."}}]}                         | No. | |
            {"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]} | whole | | stop
            {"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"image","n":[1]}]}}]} | ab | |
            {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{}"}}]}},{"delta":{"content":"second"}}]} | | |
            {"choices":[{"delta":{"content":"a"}}]} {"choices":[{"delta":{"content":"b"}}]} | ab | |
            {"choices":null,"x":{"choices":[{"delta":{"content":"no"}}]}}     | | |
            [1, {"choices":[]}] "text" 3                                      | | |
            """)
    void findsTextThinkingAndReason(
            String json, @Nullable String text, @Nullable String reasoning, @Nullable String reason) {
        Chunk chunk = read(json);

        assertThat(chunk.text()).isEqualTo(text == null ? null : text.replace('↵', '\n'));
        assertThat(chunk.reasoning()).isEqualTo(reasoning);
        assertThat(chunk.finishReason()).isEqualTo(reason);
        assertThat(chunk.fault()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"usage":{"prompt_tokens":3,"completion_tokens":4,"details":{"prompt_tokens":9}}} | 3 | 4 |
            {"usage":{"prompt_tokens":-3,"completion_tokens":1e99}}                           | 0 | 0 |
            {"usage":{"prompt_tokens":"3","completion_tokens":99999999999999999999999}}       | 0 | 0 |
            {"usage":{}}                                                                      | 0 | 0 |
            {"usage":{"prompt_tokens":9,"prompt_tokens_details":{"audio_tokens":1,"cached_tokens":8}}} | 9 | 0 | 8
            {"usage":{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":0}}}         | 9 | 0 | 0
            {"usage":{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":null}}}      | 9 | 0 |
            {"usage":{"prompt_tokens":9,"prompt_tokens_details":null}}                        | 9 | 0 |
            {"usage":{"prompt_tokens":9,"prompt_cache_hit_tokens":7,"prompt_cache_miss_tokens":2}} | 9 | 0 | 7
            {"usage":{"prompt_tokens":9,"cached_tokens":6}}                                   | 9 | 0 | 6
            """)
    void findsTheCount(String json, long prompt, long completion, @Nullable Long cached) {
        assertThat(read(json).usage()).isEqualTo(new Usage(prompt, completion, cached));
    }

    @Test
    void findsAFault() {
        assertThat(read("{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"}}")
                        .fault())
                .isEqualTo(new Fault("c", "p", "m"));
        assertThat(read("{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":null}}")
                        .fault())
                .isEqualTo(new Fault("t", "", "m"));
        assertThat(read("{\"error\":\"m\"}").fault()).isEqualTo(new Fault("", "", "m"));
        assertThat(read("{\"error\":null}").fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"choices\":[{\"delta\":{\"content\":\"a", "nonsense", "{\"a\":\"\u0001\"}", "{'a':1}"})
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesDepthThatWouldFillTheStack() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100_000))).isInstanceOf(JacksonException.class);
    }

    private static Chunk read(String json) {
        byte[] bytes = (json + "trailing bytes that are not part of it").getBytes(UTF_8);
        return ChunkReader.read(bytes, json.getBytes(UTF_8).length);
    }
}
