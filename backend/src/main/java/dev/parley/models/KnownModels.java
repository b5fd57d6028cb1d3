package dev.parley.models;

import dev.parley.models.Models.Capabilities;
import dev.parley.models.Models.Model;
import dev.parley.shared.Letters;
import java.util.List;
import java.util.regex.Pattern;

/// What the names of common models tell, because chat completions has no call that says it.
///
/// Sources: the makers' model pages. A name that is not here is taken to be small and to write text only.
final class KnownModels {
    private static final Pattern OPENAIS_REASONING = Pattern.compile("o\\d.*|gpt-5(?!-chat).*");
    private static final int UNKNOWN_WINDOW = 8_192;
    private static final Capabilities TEXT = new Capabilities(false, false, true);
    private static final Capabilities SIGHT = new Capabilities(true, false, true);
    private static final Capabilities THOUGHT = new Capabilities(false, true, true);
    private static final Capabilities BOTH = new Capabilities(true, true, true);
    /// The first that fits counts, so the longer name stands before the shorter.
    private static final List<Family> FAMILIES = List.of(
            new Family("gpt-5-chat", 128_000, SIGHT),
            new Family("gpt-5", 400_000, BOTH),
            new Family("gpt-4.1", 1_047_576, SIGHT),
            new Family("gpt-4o", 128_000, SIGHT),
            new Family("gpt-4-turbo", 128_000, SIGHT),
            new Family("gpt-4-32k", 32_768, TEXT),
            new Family("gpt-4", 8_192, TEXT),
            new Family("gpt-3.5-turbo", 16_385, TEXT),
            new Family("gpt-oss", 131_072, THOUGHT),
            new Family("chatgpt-4o", 128_000, new Capabilities(true, false, false)),
            new Family("o1", 200_000, BOTH),
            new Family("o3-mini", 200_000, THOUGHT),
            new Family("o3", 200_000, BOTH),
            new Family("o4", 200_000, BOTH),
            new Family("claude", 200_000, SIGHT),
            new Family("gemini-2.5", 1_048_576, BOTH),
            new Family("gemini", 1_048_576, SIGHT),
            new Family("llama-3.3", 131_072, TEXT),
            new Family("llama-3.1", 131_072, TEXT),
            new Family("deepseek-reasoner", 65_536, new Capabilities(false, true, false)),
            new Family("deepseek-chat", 65_536, TEXT),
            new Family("mistral-large", 131_072, TEXT),
            new Family("mistral-small", 32_768, TEXT));
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
        String bare = Letters.lower(name.substring(name.lastIndexOf('/') + 1));
        Family family = FAMILIES.stream()
                .filter(candidate -> bare.equals(candidate.name) || bare.startsWith(candidate.name + "-"))
                .findFirst()
                .orElse(new Family(bare, UNKNOWN_WINDOW, new Capabilities(false, false, false)));
        return new Model(id, name, provider, false, family.capabilities, family.contextWindow);
    }

    /// By the bare name, as OpenAI itself has it: others who offer these models take the usual fields.
    static boolean isOpenAisReasoning(String name) {
        return OPENAIS_REASONING.matcher(name).matches();
    }

    static boolean isForChat(String name) {
        String lower = Letters.lower(name);
        return NOT_FOR_CHAT.stream().noneMatch(lower::contains);
    }

    private record Family(String name, int contextWindow, Capabilities capabilities) {}
}
