package dev.parley.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is wrong with the fields of a request: gathered first, so that a person learns all of it at once.
public final class FieldErrors {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    /// @param field as the client spells it, in `snake_case`; parts of an inner object with a dot
    public void add(String field, String sentence) {
        fields.computeIfAbsent(field, name -> new ArrayList<>()).add(sentence);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /// @throws ParleyException VALIDATION_ERROR when anything was added
    public void throwIfAny() {
        if (!fields.isEmpty()) {
            throw new ParleyException(
                    CommonError.VALIDATION_ERROR, "Some fields are not valid.", Map.of("fields", fields));
        }
    }
}
