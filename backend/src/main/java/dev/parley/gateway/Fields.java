package dev.parley.gateway;

import static dev.parley.gateway.GatewayError.INVALID_VALUE;
import static dev.parley.gateway.GatewayError.MISSING_REQUIRED_PARAMETER;

import dev.parley.web.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields of a request. What is `null` counts as not sent.
record Fields(JsonNode body) {
    /// No model's name is longer, wherever it comes from.
    private static final int LONGEST_NAME = 200;

    Fields {
        if (!body.isObject()) {
            throw INVALID_VALUE.of("body", "The body is a JSON object.");
        }
    }

    Optional<JsonNode> find(String name) {
        return Optional.of(body.path(name)).filter(value -> !value.isMissingNode() && !value.isNull());
    }

    JsonNode require(String name) {
        return find(name)
                .orElseThrow(() -> MISSING_REQUIRED_PARAMETER.of(name, "The field `" + name + "` is required."));
    }

    /// Something's name, which may be kept.
    String name(String name) {
        JsonNode value = require(name);
        if (!value.isString() || value.asString().isBlank() || !Text.isStorable(value.asString())) {
            throw INVALID_VALUE.of(name, "The field `" + name + "` is a text.");
        }
        if (value.asString().length() > LONGEST_NAME) {
            throw INVALID_VALUE.of(name, "The field `%s` has at most %d characters.".formatted(name, LONGEST_NAME));
        }
        return value.asString();
    }

    boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw INVALID_VALUE.of(name, "The field `" + name + "` is true or false.");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    @Nullable
    Integer whole(String name, int least, int most) {
        return find(name)
                .map(value -> {
                    if (!value.isIntegralNumber()
                            || !value.canConvertToInt()
                            || value.intValue() < least
                            || value.intValue() > most) {
                        throw INVALID_VALUE.of(
                                name, "The field `%s` is a whole number from %d to %d.".formatted(name, least, most));
                    }
                    return value.intValue();
                })
                .orElse(null);
    }

    @Nullable
    Double number(String name, double least, double most) {
        return find(name)
                .map(value -> {
                    if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
                        throw INVALID_VALUE.of(
                                name, "The field `%s` is a number from %s to %s.".formatted(name, least, most));
                    }
                    return value.doubleValue();
                })
                .orElse(null);
    }
}
