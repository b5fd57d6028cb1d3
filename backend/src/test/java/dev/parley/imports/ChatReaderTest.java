package dev.parley.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chats.ChatSettings;
import dev.parley.chats.ChatsInBulk.NewChat;
import dev.parley.chats.Message;
import dev.parley.shared.UserId;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is taken over of files whose chats say of themselves what no chat can be.
class ChatReaderTest {
    private static final UserId OWNER = new UserId(UUID.randomUUID());

    private static List<SourceChat> read(Object document) {
        List<SourceChat> found = new ArrayList<>();
        ChatReader.read(new ByteArrayInputStream(Archives.json(document)), found::add);
        return found;
    }

    private static NewChat planted(Object document) {
        return Planting.of(OWNER, read(document).getFirst(), true, Instant.EPOCH)
                .orElseThrow();
    }

    private static Map<String, Object> parley(Map<String, Object> settings, Map<String, Object> metadata) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", "m");
        message.put("chat_id", "c");
        message.put("parent_id", null);
        message.put("role", "assistant");
        message.put("content", "Hello");
        message.put("metadata", metadata);
        return Map.of("chat", Map.of("id", "c", "title", "Hi", "settings", settings), "messages", List.of(message));
    }

    @Test
    void aSettingThatNobodyCouldMakeIsDroppedAndTheOthersStay() {
        assertThat(planted(parley(
                                Map.of("max_tokens", -2_000_000_000, "temperature", 1.5, "system_prompt", "Rhyme"),
                                Map.of()))
                        .settings())
                .isEqualTo(new ChatSettings(null, 1.5, null, "Rhyme", null));
        assertThat(planted(parley(
                                Map.of(
                                        "max_tokens", 500,
                                        "temperature", "hot",
                                        "system_prompt", "x".repeat(20_001),
                                        "model", "m".repeat(3_000),
                                        "memory_enabled", List.of()),
                                Map.of()))
                        .settings())
                .isEqualTo(new ChatSettings(null, null, 500, null, null));
    }

    @Test
    void whatWasUsedIsAPossibleNumber() {
        assertThat(usage(Map.of("prompt_tokens", 3, "completion_tokens", 4, "cached_tokens", -1)))
                .isEqualTo(new Message.Usage(3, 4, null));
        assertThat(usage(Map.of("prompt_tokens", -3, "completion_tokens", 4))).isNull();
        assertThat(usage(Map.of("prompt_tokens", 3, "completion_tokens", Long.MAX_VALUE)))
                .isNull();
    }

    private static Message.@Nullable Usage usage(Map<String, Object> told) {
        return planted(parley(Map.of(), Map.of("usage", told)))
                .messages()
                .getFirst()
                .metadata()
                .usage();
    }

    @Test
    void nothingIsKeptThatTheDatabaseCannotHold() {
        NewChat chat = planted(parley(
                Map.of("system_prompt", "Rhyme\u0000!", "model", "m\u0000"),
                Map.of(
                        "model", "a\u0000b",
                        "finish_reason", "stop\u0000",
                        "error", Map.of("code", "X\u0000", "message", "Y\u0000"),
                        "fallback", Map.of("from", "z\u0000", "reason", "Because\u0000"),
                        "reasoning", "Hm\u0000")));

        assertThat(chat.settings().systemPrompt()).isEqualTo("Rhyme!");
        assertThat(chat.settings().model()).isEqualTo("m");
        Message.Metadata known = chat.messages().getFirst().metadata();
        assertThat(known.model()).isEqualTo("ab");
        assertThat(known.finishReason()).isEqualTo("stop");
        assertThat(known.error()).isEqualTo(new Message.Failure("X", "Y"));
        assertThat(known.fallback()).isEqualTo(new Message.Fallback("z", "Because"));
        assertThat(known.reasoning()).isEqualTo("Hm");
    }

    /// In a newer export it may have been begun at another time, and is another chat then.
    @Test
    void aChatOfAnotherTimeSharesNoMessageWithWhatItWas() {
        Map<String, Object> chat = Archives.chatGpt("same", "Same", "Hello");
        NewChat before = planted(List.of(chat));
        chat.put("create_time", 1_600_000_000);
        NewChat after = planted(List.of(chat));

        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.messages().getFirst().id())
                .isNotEqualTo(before.messages().getFirst().id());
    }

    @Test
    void messagesMayStandThousandsDeepInOneAnother() {
        StringBuilder deep = new StringBuilder("{\"conversationId\": \"deep\", \"messages\": [");
        for (int i = 0; i < 1_900; i++) {
            deep.append("{\"messageId\": \"%d\", \"text\": \"Said\", \"children\": [".formatted(i));
        }
        deep.append("]}".repeat(1_900)).append("]}");
        List<SourceChat> found = new ArrayList<>();

        ChatReader.read(new ByteArrayInputStream(deep.toString().getBytes(UTF_8)), found::add);

        assertThat(found.getFirst().nodes()).hasSize(1_900);
    }

    @Test
    void aMessageThatIsTooLongIsLeftOutAndTheChatStays() {
        SourceChat chat = read(List.of(Archives.chatGpt("a", "A", "Hi", "l".repeat(5 << 20), "Bye")))
                .getFirst();

        assertThat(chat.skipped()).containsExactly(Map.entry(Skipped.MESSAGE_TOO_LONG, 1));
        assertThat(chat.nodes()).hasSize(4);
    }
}
