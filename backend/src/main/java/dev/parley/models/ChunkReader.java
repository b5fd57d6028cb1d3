package dev.parley.models;

import dev.parley.models.Chunk.Fault;
import dev.parley.models.Piece.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads the JSON of chat completions, streamed (`delta`) or whole (`message`), without building a tree.
final class ChunkReader {
    private static final JsonFactory JSON = new JsonFactory();

    private @Nullable String text;
    private @Nullable String reasoning;
    private @Nullable String finishReason;
    private @Nullable Usage usage;
    private @Nullable Fault fault;

    private ChunkReader() {}

    /// @throws tools.jackson.core.JacksonException when the bytes are not JSON
    static Chunk read(byte[] bytes, int length) {
        ChunkReader reader = new ChunkReader();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            JsonToken token;
            while ((token = json.nextToken()) != null) {
                if (token == JsonToken.START_OBJECT) {
                    reader.completion(json);
                    continue;
                }
                json.skipChildren();
            }
        }
        return new Chunk(reader.text, reader.reasoning, reader.finishReason, reader.usage, reader.fault);
    }

    private void completion(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "choices" -> choices(json, value);
                case "usage" -> usage(json, value);
                case "error" -> error(json, value);
                default -> json.skipChildren();
            }
        }
    }

    private void choices(JsonParser json, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        boolean first = true;
        while ((value = json.nextToken()) != JsonToken.END_ARRAY) {
            if (first && value == JsonToken.START_OBJECT) {
                choice(json);
                first = false;
                continue;
            }
            json.skipChildren();
        }
    }

    private void choice(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "delta", "message" -> message(json, value);
                case "finish_reason" ->
                    finishReason = value == JsonToken.VALUE_STRING ? json.getString() : skipped(finishReason, json);
                default -> json.skipChildren();
            }
        }
    }

    private void message(JsonParser json, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            value = json.nextToken();
            switch (name) {
                case "content" -> content(json, value);
                case "refusal" -> text = joined(text, json, value);
                // Some providers send the thinking under both names, and once is enough.
                case "reasoning_content", "reasoning" ->
                    reasoning = reasoning == null ? joined(null, json, value) : skipped(reasoning, json);
                default -> json.skipChildren();
            }
        }
    }

    /// A text, or a list of parts of which those with a `text` count.
    private void content(JsonParser json, JsonToken value) {
        if (value != JsonToken.START_ARRAY) {
            text = joined(text, json, value);
            return;
        }
        while ((value = json.nextToken()) != JsonToken.END_ARRAY) {
            if (value != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                value = json.nextToken();
                if (name.equals("text")) {
                    text = joined(text, json, value);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static @Nullable String joined(@Nullable String before, JsonParser json, JsonToken value) {
        if (value != JsonToken.VALUE_STRING || json.getStringLength() == 0) {
            json.skipChildren();
            return before;
        }
        return before == null ? json.getString() : before + json.getString();
    }

    private static @Nullable String skipped(@Nullable String instead, JsonParser json) {
        json.skipChildren();
        return instead;
    }

    private void usage(JsonParser json, JsonToken value) {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        long prompt = 0;
        long completion = 0;
        Long cached = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            value = json.nextToken();
            switch (name) {
                case "prompt_tokens" -> prompt = count(json, value);
                case "completion_tokens" -> completion = count(json, value);
                case "prompt_tokens_details" -> cached = cachedOf(json, value, cached);
                // DeepSeek's name for it, and Moonshot's.
                case "prompt_cache_hit_tokens", "cached_tokens" -> cached = count(json, value);
                default -> json.skipChildren();
            }
        }
        usage = new Usage(prompt, completion, cached);
    }

    private static @Nullable Long cachedOf(JsonParser json, JsonToken value, @Nullable Long before) {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return before;
        }
        Long cached = before;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isCount = json.currentName().equals("cached_tokens");
            value = json.nextToken();
            if (isCount && value == JsonToken.VALUE_NUMBER_INT) {
                cached = count(json, value);
            } else {
                json.skipChildren();
            }
        }
        return cached;
    }

    private static long count(JsonParser json, JsonToken value) {
        if (value == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return Math.max(0, json.getLongValue());
        }
        json.skipChildren();
        return 0;
    }

    private void error(JsonParser json, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (value != JsonToken.START_OBJECT) {
            fault = new Fault("", "", value == JsonToken.VALUE_STRING ? json.getString() : "");
            json.skipChildren();
            return;
        }
        String code = "";
        String type = "";
        String param = "";
        String message = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            value = json.nextToken();
            if (value != JsonToken.VALUE_STRING) {
                json.skipChildren();
                continue;
            }
            switch (name) {
                case "code" -> code = json.getString();
                case "type" -> type = json.getString();
                case "param" -> param = json.getString();
                case "message" -> message = json.getString();
                default -> {}
            }
        }
        fault = new Fault(code.isEmpty() ? type : code, param, message);
    }
}
