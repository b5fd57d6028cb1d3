package dev.parley.imports;

import dev.parley.chats.Message;
import dev.parley.chats.Message.Role;
import dev.parley.chats.Message.Status;
import dev.parley.imports.SourceChat.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Messages of the known files, each read by the form that its program gives it.
final class Messages {
    private static final String ROOT_OF_LIBRECHAT = "00000000-0000-0000-0000-000000000000";
    /// Where ChatGPT's page shows a source, between two characters that have no other meaning.
    private static final Pattern CITATION = Pattern.compile("\\uE200[^\\uE200\\uE201]{0,2000}\\uE201");
    private static final int MOST_TOKENS = 100_000_000;

    /// @param skipped told of what is left out
    Node ofChatGpt(String key, JsonNode place, Consumer<Skipped> skipped) {
        JsonNode message = place.path("message");
        String parent = Values.text(place.path("parent"));
        Role role = role(message.path("author").path("role").asString(""));
        JsonNode metadata = message.path("metadata");
        String recipient = message.path("recipient").asString("all");
        if (role == null
                || metadata.path("is_visually_hidden_from_conversation").asBoolean(false)
                || !recipient.equals("all")) {
            return Node.silent(key, parent, null);
        }
        JsonNode content = message.path("content");
        return switch (content.path("content_type").asString("text")) {
            case "text", "multimodal_text" ->
                new Node(
                        key,
                        parent,
                        role,
                        CITATION.matcher(parts(content.path("parts"), skipped)).replaceAll(""),
                        Values.time(message.path("create_time")),
                        Status.COMPLETE,
                        role == Role.USER
                                ? Message.Metadata.NONE
                                : Node.metadata(Values.name(metadata.path("model_slug")), null),
                        null);
            case "thoughts" -> Node.silent(key, parent, thoughts(content.path("thoughts")));
            default -> Node.silent(key, parent, null);
        };
    }

    private static String parts(JsonNode parts, Consumer<Skipped> skipped) {
        List<String> texts = new ArrayList<>();
        for (JsonNode part : parts) {
            if (part.isString()) {
                texts.add(part.asString());
            } else if (part.path("text").isString()) {
                texts.add(part.path("text").asString());
            } else if (part.isObject()) {
                skipped.accept(Skipped.ATTACHMENT);
                texts.add(part.path("content_type").asString("").startsWith("image") ? "[image]" : "[file]");
            }
        }
        texts.removeIf(String::isEmpty);
        return String.join("\n\n", texts);
    }

    private static @Nullable String thoughts(JsonNode thoughts) {
        List<String> texts = new ArrayList<>();
        for (JsonNode thought : thoughts) {
            Stream.of("summary", "content")
                    .map(name -> thought.path(name).asString(""))
                    .filter(text -> !text.isBlank())
                    .forEach(texts::add);
        }
        return texts.isEmpty() ? null : String.join("\n\n", texts);
    }

    Node ofOpenWebUi(String key, JsonNode message, Consumer<Skipped> skipped) {
        String parent = Values.text(message.path("parentId"));
        Role role = role(message.path("role").asString(""));
        if (role == null) {
            return Node.silent(key, parent, null);
        }
        message.path("files").forEach(_ -> skipped.accept(Skipped.ATTACHMENT));
        String told = message.path("content").isArray()
                ? parts(message.path("content"), skipped)
                : message.path("content").asString("");
        Details details = told.length() > ChatReader.LONGEST_MESSAGE ? new Details(told, null) : Details.of(told);
        int rating = message.path("annotation").path("rating").asInt(0);
        return new Node(
                key,
                parent,
                role,
                details.text(),
                Values.time(message.path("timestamp")),
                Status.COMPLETE,
                role == Role.USER
                        ? Message.Metadata.NONE
                        : Node.metadata(Values.name(message.path("model")), details.reasoning()),
                rating == 0 ? null : rating > 0 ? Message.Rating.UP : Message.Rating.DOWN);
    }

    Node ofLibreChat(JsonNode message, Consumer<Skipped> skipped) {
        String id = message.path("messageId").asString("");
        String parent = Values.text(message.path("parentMessageId"));
        List<String> texts = new ArrayList<>();
        List<String> reasoning = new ArrayList<>();
        for (JsonNode part : message.path("content")) {
            switch (part.path("type").asString("")) {
                case "text" -> texts.add(said(part.path("text")));
                case "think" -> reasoning.add(said(part.path("think")));
                case "image_file", "image_url" -> skipped.accept(Skipped.ATTACHMENT);
                default -> {}
            }
        }
        message.path("files").forEach(_ -> skipped.accept(Skipped.ATTACHMENT));
        String text = message.path("text").asString("");
        boolean asked = message.path("isCreatedByUser").asBoolean(false);
        return new Node(
                id,
                ROOT_OF_LIBRECHAT.equals(parent) ? null : parent,
                asked ? Role.USER : Role.ASSISTANT,
                text.isBlank() ? String.join("\n\n", texts) : text,
                Values.time(message.path("createdAt")),
                message.path("unfinished").asBoolean(false) ? Status.INTERRUPTED : Status.COMPLETE,
                asked
                        ? Message.Metadata.NONE
                        : Node.metadata(
                                Values.name(message.path("model")),
                                reasoning.isEmpty() ? null : String.join("\n\n", reasoning)),
                switch (message.path("feedback").path("rating").asString("")) {
                    case "thumbsUp" -> Message.Rating.UP;
                    case "thumbsDown" -> Message.Rating.DOWN;
                    default -> null;
                });
    }

    private static String said(JsonNode part) {
        return part.isObject() ? part.path("value").asString("") : part.asString("");
    }

    Node ofParley(JsonNode message) {
        Role role = role(message.path("role").asString(""));
        return new Node(
                message.path("id").asString(""),
                Values.text(message.path("parent_id")),
                role,
                message.path("content").asString(""),
                Values.time(message.path("timestamp")),
                status(message.path("status").asString("")),
                role == Role.USER ? Message.Metadata.NONE : metadata(message.path("metadata")),
                switch (message.path("feedback").asString("")) {
                    case "up" -> Message.Rating.UP;
                    case "down" -> Message.Rating.DOWN;
                    default -> null;
                });
    }

    private static Status status(String word) {
        return switch (word) {
            case "stopped" -> Status.STOPPED;
            case "interrupted", "streaming" -> Status.INTERRUPTED;
            case "failed" -> Status.FAILED;
            default -> Status.COMPLETE;
        };
    }

    /// What was told of memories and other chats names what may be nowhere here.
    private static Message.Metadata metadata(JsonNode told) {
        JsonNode millis = told.path("reasoning_millis");
        return new Message.Metadata(
                Values.name(told.path("model")),
                usage(told.path("usage")),
                Values.name(told.path("finish_reason")),
                error(told.path("error")),
                Values.text(told.path("reasoning")),
                millis.isInt() && millis.intValue() >= 0 ? Long.valueOf(millis.intValue()) : null,
                null,
                fallback(told.path("fallback")),
                null,
                null);
    }

    private static Message.@Nullable Usage usage(JsonNode told) {
        JsonNode prompt = told.path("prompt_tokens");
        JsonNode completion = told.path("completion_tokens");
        JsonNode cached = told.path("cached_tokens");
        return isTokens(prompt) && isTokens(completion)
                ? new Message.Usage(
                        prompt.intValue(),
                        completion.intValue(),
                        isTokens(cached) ? Long.valueOf(cached.intValue()) : null)
                : null;
    }

    private static boolean isTokens(JsonNode count) {
        return count.isInt() && count.intValue() >= 0 && count.intValue() <= MOST_TOKENS;
    }

    private static Message.@Nullable Failure error(JsonNode told) {
        String code = Values.name(told.path("code"));
        String message = Values.head(told.path("message"));
        return code == null || message == null ? null : new Message.Failure(code, message);
    }

    private static Message.@Nullable Fallback fallback(JsonNode told) {
        String from = Values.name(told.path("from"));
        String reason = Values.head(told.path("reason"));
        return from == null || reason == null ? null : new Message.Fallback(from, reason);
    }

    private static @Nullable Role role(String word) {
        return switch (word) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default -> null;
        };
    }
}
