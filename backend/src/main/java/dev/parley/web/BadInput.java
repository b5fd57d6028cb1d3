package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;

/// What is wrong with what a client sent, as the client is told.
public final class BadInput {
    private BadInput() {}

    /// JSON that is no JSON is malformed; JSON with a value of the wrong kind is a field to be corrected.
    public static ParleyException unreadable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ParleyException ours) {
                return ours;
            }
            if ((cause instanceof DatabindException || cause instanceof InputCoercionException)
                    && cause instanceof JacksonException wrong
                    && !wrong.getPath().isEmpty()) {
                return invalid(Map.of(field(wrong), List.of("This value is not of the kind that is expected.")));
            }
        }
        return new ParleyException(CommonError.MALFORMED_REQUEST, "The request's body is not the JSON expected.");
    }

    public static ParleyException violated(Collection<? extends ConstraintViolation<?>> violations) {
        Map<String, List<String>> fields = new TreeMap<>();
        violations.forEach(violation -> add(fields, violation.getPropertyPath().toString(), violation.getMessage()));
        return invalid(fields);
    }

    static ParleyException invalid(Map<String, List<String>> fields) {
        return new ParleyException(
                CommonError.VALIDATION_ERROR, "Some fields are not valid.", Map.of("fields", fields));
    }

    static void add(Map<String, List<String>> fields, String name, @Nullable String sentence) {
        fields.computeIfAbsent(Text.snakeCase(name), _ -> new ArrayList<>())
                .add(sentence == null ? "This value is not valid." : sentence);
    }

    private static String field(JacksonException wrong) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference step : wrong.getPath()) {
            if (step.getPropertyName() != null) {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return field.toString();
    }
}
