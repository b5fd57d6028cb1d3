package dev.parley.memory;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whose words a question is about. Speakers are numbered; a question names any number of them.
interface Speakers {
    int PERSON = 0;
    int ASSISTANT = 1;

    /// @param folded a question, as [Terms#folded] makes it
    /// @return the bits of those it names
    int named(String folded);

    /// The words by which they are named, which say nothing of a question's topic.
    Set<String> names();

    /// A person and an assistant, who call themselves and one another I and you.
    static Speakers ofChat() {
        return OfChat.INSTANCE;
    }

    /// People who are called by their names.
    ///
    /// @param names in lower case, by speaker
    static Speakers named(List<Set<String>> names) {
        return new Named(names);
    }

    record Named(List<Set<String>> all) implements Speakers {
        @Override
        public int named(String folded) {
            List<String> words = Terms.words(folded);
            int named = 0;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).stream().anyMatch(words::contains)) {
                    named |= 1 << i;
                }
            }
            return named;
        }

        @Override
        public Set<String> names() {
            return all.stream().flatMap(Set::stream).collect(java.util.stream.Collectors.toUnmodifiableSet());
        }
    }

    final class OfChat implements Speakers {
        private static final OfChat INSTANCE = new OfChat();

        /// Who is asked to have said or done something.
        private static final Pattern SUBJECT = Pattern.compile(
                "\\b(?:did|have|had|do|was|were|am|are|habe|hatte|hast|hattest) (i|you|ich|du)\\b|\\b(i|you|ich|du) (?:said|told|mentioned|asked|wrote|recommended|suggested|explained)\\b");
        private static final Pattern PERSON_WORDS =
                Pattern.compile("\\b(?:i|me|my|mine|myself|ich|mich|mir|mein|meine|meinen|meinem|meiner|meines)\\b");
        private static final Pattern ASSISTANT_WORDS =
                Pattern.compile("\\b(?:you|your|yours|du|dich|dir|dein|deine|deinen|deiner)\\b");

        @Override
        public int named(String folded) {
            Matcher subject = SUBJECT.matcher(folded);
            if (subject.find()) {
                String who = subject.group(1) == null ? subject.group(2) : subject.group(1);
                return 1 << (who.equals("i") || who.equals("ich") ? PERSON : ASSISTANT);
            }
            int person = PERSON_WORDS.matcher(folded).find() ? 1 << PERSON : 0;
            int assistant = ASSISTANT_WORDS.matcher(folded).find() ? 1 << ASSISTANT : 0;
            return person == 0 ? assistant : person;
        }

        @Override
        public Set<String> names() {
            return Set.of("user", "assistant");
        }
    }
}
