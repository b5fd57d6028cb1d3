package dev.parley.memory;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A sentence that is remembered of a person, in their own words or as they would say it.
///
/// @param validTo null while it is true, as far as is known
/// @param supersededBy the memory that took its place
/// @param usedAt when an answer last used it
public record Memory(
        UUID id,
        String content,
        Kind kind,
        Status status,
        Instant createdAt,
        Instant updatedAt,
        Instant validFrom,
        @Nullable Instant validTo,
        @Nullable UUID supersededBy,
        List<Source> sources,
        boolean pinned,
        Origin origin,
        @Nullable Instant usedAt,
        int usedCount) {
    /// The message that it was learned from.
    public record Source(UUID chatId, UUID messageId) {}

    public enum Kind implements Word {
        FACT,
        PREFERENCE,
        EVENT,
        PLAN,
        INSTRUCTION
    }

    public enum Status implements Word {
        ACTIVE,
        SUPERSEDED,
        MERGED,
        PENDING,
        REJECTED
    }

    /// How it came to be known: said to be remembered, learned, written by hand, brought along.
    public enum Origin implements Word {
        EXPLICIT,
        AUTOMATIC,
        MANUAL,
        IMPORT
    }

    /// Written in lower case, in JSON as in the tables.
    interface Word {
        String name();

        @JsonValue
        default String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static <E extends Enum<E>> E parse(Class<E> type, String word) {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
        }

        /// A parameter of a request; null: not given.
        static <E extends Enum<E> & Word> @Nullable E parameter(Class<E> type, String name, @Nullable String word) {
            if (word == null || word.isEmpty()) {
                return null;
            }
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new ParleyException(
                            CommonError.MALFORMED_REQUEST, name + " is one of " + words(type) + "."));
        }

        /// A field of a body; null: not given.
        static <E extends Enum<E> & Word> @Nullable E field(Class<E> type, String name, @Nullable String word) {
            if (word == null) {
                return null;
            }
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> ParleyException.invalid(name, "This is one of " + words(type) + "."));
        }

        private static <E extends Enum<E> & Word> String words(Class<E> type) {
            return String.join(
                    ", ", Arrays.stream(type.getEnumConstants()).map(Word::word).toList());
        }
    }

    /// A change of a memory.
    ///
    /// @param old null for the first
    /// @param by what caused it: `person`, `conversation` or `import`
    /// @param source the message that did; null where none did
    public record Change(
            String event,
            @Nullable String old,
            @Nullable String now,
            Instant at,
            String by,
            @Nullable Source source) {}
}
