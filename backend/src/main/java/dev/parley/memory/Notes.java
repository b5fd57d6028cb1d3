package dev.parley.memory;

import dev.parley.chats.Message.Role;
import dev.parley.chats.Transcripts.Text;
import dev.parley.models.Prompt.Note;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/// What is remembered, as models are told it: quoted, dated, with the beginning of its id.
final class Notes {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int LONGEST_TURN = 700;
    private static final int ID = 6;

    private Notes() {}

    static String speaker(Role role) {
        return role == Role.USER ? "User" : "Assistant";
    }

    static Note of(Memory memory) {
        boolean current = memory.status() == Memory.Status.ACTIVE;
        Instant end = memory.validTo();
        String when = current || end == null
                ? "since " + DAY.format(memory.validFrom())
                : "until " + DAY.format(end) + ", no longer true";
        return new Note(line(memory.id(), when, memory.content()), memory.content(), current);
    }

    static Note of(Profile profile) {
        return new Note("- [profile] true of the user now: “" + profile.text() + "”", profile.text(), true);
    }

    static Note of(ChatSummary summary) {
        return new Note(
                line(summary.chat(), DAY.format(summary.at()) + ", what a chat was about", summary.text()), "", true);
    }

    /// @param isPast whether what it says is known to be true no longer
    static Note of(Text turn, boolean isPast) {
        boolean person = turn.role() == Role.USER;
        String when = DAY.format(turn.said())
                + (person ? ", the user said" : ", you said")
                + (isPast ? ", no longer true" : "");
        String said = turn.content().strip();
        String text = said.length() > LONGEST_TURN ? beginning(said, LONGEST_TURN) + "…" : said;
        return new Note(line(turn.id(), when, text), person ? said : "", !isPast);
    }

    /// What of a text is no longer than this, and cuts no character in two.
    static String beginning(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    private static String line(UUID id, String when, String text) {
        String end = id.toString().substring(id.toString().length() - ID);
        return "- [" + end + "] " + when + ": “" + text.replaceAll("\\s+", " ") + "”";
    }
}
