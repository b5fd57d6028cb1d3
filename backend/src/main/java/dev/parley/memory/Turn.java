package dev.parley.memory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One message, as it is found: numbers alone, none of its words.
///
/// @param speaker as [Speakers] numbers them
/// @param terms of "[date] speaker: text", in order
/// @param asks whether it is a question
/// @param timed whether it speaks of a time
/// @param vector null while there is none
@SuppressWarnings("ArrayRecordComponent") // never compared
record Turn(
        UUID id,
        UUID chat,
        int speaker,
        Instant said,
        int[] terms,
        boolean asks,
        boolean timed,
        byte @Nullable [] vector) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final Pattern TIME = Pattern.compile(
            "\\b(?:yesterday|today|tonight|tomorrow|ago|last|next|this (?:week|month|year|morning|weekend)|week(?:s|end)?|months?|years?|since|recently|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|november|december|(?:19|20)\\d{2}|gestern|heute|morgen|letzte[nrs]?|nachste[nrs]?|wochen?|monate?n?|jahre?n?|seit|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|marz|juni|juli|oktober|dezember)\\b");

    /// @param name of who said it
    static Turn of(UUID id, UUID chat, int speaker, String name, Instant said, String text) {
        String folded = Terms.folded(text);
        return new Turn(
                id,
                chat,
                speaker,
                said,
                Terms.of(dated(said, name, text)),
                text.strip().endsWith("?"),
                TIME.matcher(folded).find(),
                null);
    }

    Turn with(byte @Nullable [] direction) {
        return new Turn(id, chat, speaker, said, terms, asks, timed, direction);
    }

    /// As it is told.
    static String dated(Instant said, String name, String text) {
        return "[" + DAY.format(day(said)) + "] " + name + ": " + text;
    }

    static LocalDate day(Instant said) {
        return LocalDate.ofInstant(said, ZoneOffset.UTC);
    }
}
