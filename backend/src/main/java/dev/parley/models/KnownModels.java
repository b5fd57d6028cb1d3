package dev.parley.models;

import dev.parley.models.Models.Capabilities;
import dev.parley.models.Models.Model;
import java.util.List;
import java.util.Locale;

/// What the names of common models tell, because chat completions has no call that says it.
///
/// Sources: the model pages of OpenAI. A name that is not here is taken to be small and to write text only.
final class KnownModels {
    private static final int UNKNOWN_WINDOW = 8_192;
    private static final List<Family> FAMILIES = List.of(
            new Family("gpt-5", 400_000, new Capabilities(true, true, true)),
            new Family("gpt-4.1", 1_047_576, new Capabilities(true, false, true)),
            new Family("gpt-4o", 128_000, new Capabilities(true, false, true)),
            new Family("gpt-4-turbo", 128_000, new Capabilities(true, false, true)),
            new Family("gpt-4-32k", 32_768, new Capabilities(false, false, true)),
            new Family("gpt-4", 8_192, new Capabilities(false, false, true)),
            new Family("gpt-3.5-turbo", 16_385, new Capabilities(false, false, true)),
            new Family("chatgpt-4o", 128_000, new Capabilities(true, false, false)),
            new Family("o1", 200_000, new Capabilities(true, true, true)),
            new Family("o3", 200_000, new Capabilities(true, true, true)),
            new Family("o4", 200_000, new Capabilities(true, true, true)));
    private static final List<String> NOT_FOR_CHAT = List.of(
            "embed",
            "whisper",
            "tts",
            "dall-e",
            "moderation",
            "image",
            "realtime",
            "audio",
            "transcribe",
            "sora",
            "davinci-002",
            "babbage-002",
            "rerank",
            "gpt-3.5-turbo-instruct");

    private KnownModels() {}

    static Model describe(String id, String name, String provider) {
        String bare = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        Family family = FAMILIES.stream()
                .filter(candidate -> bare.equals(candidate.name) || bare.startsWith(candidate.name + "-"))
                .findFirst()
                .orElse(new Family(bare, UNKNOWN_WINDOW, new Capabilities(false, false, false)));
        return new Model(id, name, provider, false, family.capabilities, family.contextWindow);
    }

    static boolean isForChat(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NOT_FOR_CHAT.stream().noneMatch(lower::contains);
    }

    private record Family(String name, int contextWindow, Capabilities capabilities) {}
}
