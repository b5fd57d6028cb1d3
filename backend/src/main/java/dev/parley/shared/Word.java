package dev.parley.shared;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A constant that is written in lower case, in JSON as in the tables.
public interface Word {
    String name();

    @JsonValue
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException for a word that we did not write
    static <E extends Enum<E>> E parse(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    static <E extends Enum<E> & Word> Optional<E> find(Class<E> type, @Nullable String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.word().equals(word))
                .findFirst();
    }

    /// A parameter of a request; null: not given.
    static <E extends Enum<E> & Word> @Nullable E parameter(Class<E> type, String name, @Nullable String word) {
        if (word == null || word.isEmpty()) {
            return null;
        }
        return find(type, word)
                .orElseThrow(() ->
                        new ParleyException(CommonError.MALFORMED_REQUEST, name + " is one of " + words(type) + "."));
    }

    /// A field of a body; null: not given.
    static <E extends Enum<E> & Word> @Nullable E field(Class<E> type, String name, @Nullable String word) {
        if (word == null) {
            return null;
        }
        return find(type, word).orElseThrow(() -> ParleyException.invalid(name, "This is one of " + words(type) + "."));
    }

    private static <E extends Enum<E> & Word> String words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Word::word).collect(Collectors.joining(", "));
    }
}
