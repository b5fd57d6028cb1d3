package dev.parley.gateway;

import static dev.parley.gateway.GatewayError.INVALID_VALUE;
import static dev.parley.gateway.GatewayError.MISSING_REQUIRED_PARAMETER;
import static dev.parley.gateway.GatewayError.UNSUPPORTED_PARAMETER;

import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.shared.ParleyException;
import dev.parley.web.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a program asks of a model. What it asks for and would not get is refused; what changes nothing of an answer is
/// overlooked.
///
/// @param stop the answer ends before any of these
/// @param more further fields, for providers that know them
record CompletionRequest(
        String model,
        List<Turn> turns,
        boolean stream,
        boolean includeUsage,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        List<String> stop,
        Map<String, String> more) {
    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_STOPS = 4;
    /// They are looked for at each piece of an answer.
    private static final int LONGEST_STOP = 500;
    private static final int MOST_TOKENS = 1_000_000;

    /// Passed on as they are.
    private static final List<String> PASSED_ON = List.of(
            "top_p",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "response_format",
            "reasoning_effort");

    static CompletionRequest of(JsonNode body) {
        Fields fields = new Fields(body);
        refuseWhatIsNotGiven(fields);
        String model = fields.name("model");
        Integer most = fields.whole("max_completion_tokens", 1, MOST_TOKENS);
        JsonNode options = body.path("stream_options");
        Map<String, String> more = new LinkedHashMap<>();
        PASSED_ON.forEach(name -> fields.find(name).ifPresent(value -> more.put(name, value.toString())));
        return new CompletionRequest(
                model,
                turns(fields),
                fields.flag("stream"),
                options.isObject() && new Fields(options).flag("include_usage"),
                fields.number("temperature", 0, 2),
                most == null ? fields.whole("max_tokens", 1, MOST_TOKENS) : most,
                stops(fields),
                Map.copyOf(more));
    }

    /// The newest of what the person said, by which what is remembered is found; empty when they said nothing.
    String question() {
        return turns.reversed().stream()
                .filter(turn -> turn.role() == Role.USER)
                .map(Turn::content)
                .findFirst()
                .orElse("");
    }

    private static void refuseWhatIsNotGiven(Fields fields) {
        for (String name : List.of("tools", "functions")) {
            if (fields.find(name).filter(tools -> !tools.isEmpty()).isPresent()) {
                throw UNSUPPORTED_PARAMETER.of(name, "Tools cannot be used here.");
            }
        }
        Integer answers = fields.whole("n", 1, 128);
        if (answers != null && answers > 1) {
            throw UNSUPPORTED_PARAMETER.of("n", "There is one answer to each request here.");
        }
        if (fields.flag("logprobs")) {
            throw UNSUPPORTED_PARAMETER.of("logprobs", "Probabilities are not told here.");
        }
        if (fields.find("web_search_options").isPresent()) {
            throw UNSUPPORTED_PARAMETER.of("web_search_options", "The web cannot be searched here.");
        }
        for (JsonNode modality : fields.body().path("modalities")) {
            if (!modality.asString("").equals("text")) {
                throw UNSUPPORTED_PARAMETER.of("modalities", "Answers are text here.");
            }
        }
    }

    private static List<Turn> turns(Fields fields) {
        JsonNode messages = fields.require("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw INVALID_VALUE.of("messages", "The field `messages` is a list of at least one message.");
        }
        if (messages.size() > MOST_MESSAGES) {
            throw INVALID_VALUE.of("messages", "There are at most " + MOST_MESSAGES + " messages.");
        }
        List<Turn> turns = new ArrayList<>();
        for (JsonNode message : messages) {
            turns.add(turn(message, "messages[" + turns.size() + "]"));
        }
        return List.copyOf(turns);
    }

    private static Turn turn(JsonNode message, String place) {
        Role role = switch (message.path("role").asString("")) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" -> throw tools(place);
            default ->
                throw INVALID_VALUE.of(place + ".role", "A role is one of system, developer, user and assistant.");
        };
        if (!message.path("tool_calls").isEmpty()
                || message.path("function_call").isObject()) {
            throw tools(place);
        }
        String text = text(message.path("content"), role, place + ".content");
        if (!Text.isStorable(text)) {
            throw INVALID_VALUE.of(place + ".content", "The text has characters that no text can have.");
        }
        return new Turn(role, text);
    }

    private static String text(JsonNode content, Role role, String place) {
        if (content.isString()) {
            return content.asString();
        }
        if (role == Role.ASSISTANT && (content.isNull() || content.isMissingNode())) {
            return "";
        }
        if (!content.isArray()) {
            throw MISSING_REQUIRED_PARAMETER.of(place, "A message's content is a text or a list of parts.");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            String at = place + "[" + parts.size() + "]";
            switch (part.path("type").asString("")) {
                case "text" -> parts.add(part.path("text").asString(""));
                case "refusal" -> parts.add(part.path("refusal").asString(""));
                case "image_url", "input_audio", "file" ->
                    throw UNSUPPORTED_PARAMETER.of(at, "Messages are text here: no images, sounds or files.");
                default -> throw INVALID_VALUE.of(at + ".type", "A part of a message is of the type `text`.");
            }
        }
        return String.join("\n", parts);
    }

    private static ParleyException tools(String place) {
        return UNSUPPORTED_PARAMETER.of(place, "Tools cannot be used here.");
    }

    private static List<String> stops(Fields fields) {
        JsonNode stop = fields.find("stop").orElse(null);
        if (stop == null) {
            return List.of();
        }
        List<String> stops = new ArrayList<>();
        for (JsonNode one : stop.isArray() ? stop : List.of(stop)) {
            if (!one.isString() || one.asString().isEmpty() || stops.size() == MOST_STOPS) {
                throw INVALID_VALUE.of("stop", "The field `stop` is a text, or a list of up to four.");
            }
            if (one.asString().length() > LONGEST_STOP) {
                throw INVALID_VALUE.of("stop", "A `stop` has at most " + LONGEST_STOP + " characters.");
            }
            stops.add(one.asString());
        }
        return List.copyOf(stops);
    }
}
