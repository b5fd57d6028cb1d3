package dev.parley.memory;

import dev.parley.chats.Transcripts.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a chat was about, from the person's own words: nothing that was recalled in it comes in.
///
/// @param upTo the message up to which it tells
/// @param byModel false: an extract
record ChatSummary(UUID chat, String text, boolean byModel, UUID upTo, Instant at) {
    private static final int LONGEST_BEGINNING = 140;
    private static final int MOST_LAST = 3;
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+|\\n+");

    /// How the chat began and what was asked last: the first sentence of each.
    ///
    /// @param asked oldest first; not empty
    static ChatSummary extract(List<Text> asked) {
        Set<String> beginnings = new LinkedHashSet<>();
        List<Text> told = new ArrayList<>(asked.subList(0, 1));
        told.addAll(asked.subList(Math.max(1, asked.size() - MOST_LAST), asked.size()));
        told.stream()
                .map(text -> beginning(text.content()))
                .filter(sentence -> !Sensitive.isIn(sentence))
                .forEach(beginnings::add);
        Text last = asked.getLast();
        return new ChatSummary(last.chatId(), String.join(" ", beginnings), false, last.id(), last.said());
    }

    private static String beginning(String content) {
        String first = SENTENCE.splitAsStream(content.strip()).findFirst().orElse("");
        return first.length() <= LONGEST_BEGINNING ? first : Notes.beginning(first, LONGEST_BEGINNING) + "…";
    }
}
