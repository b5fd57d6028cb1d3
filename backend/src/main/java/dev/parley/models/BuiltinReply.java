package dev.parley.models;

import dev.parley.models.Manual.Section;
import dev.parley.models.Prompt.Note;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.shared.Letters;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the built-in model says. It understands forms of sentences and words, nothing else, and says so.
final class BuiltinReply {
    private static final int MOST_NUMBERS = 10_000;
    private static final int MOST_WORDS = 20_000;
    private static final int USUAL_WORDS = 600;

    private static final Pattern COUNT = Pattern.compile("\\bcount\\b.{0,20}?\\bto (\\d{1,6})\\b");
    private static final Pattern LONG_TEXT = Pattern.compile(
            "\\b(?:long|longer) (?:text|answer|story|reply|message|essay)\\b|\\b(?:write|with|of)\\b.{0,20}?\\b(\\d{1,6}) words\\b");
    private static final Pattern DEMONSTRATION = Pattern.compile(
            "\\bdemo\\b|\\bdemonstrat\\w*|\\bwhat (?:can|could) you (?:do|show)\\b|\\bwhat you can (?:do|show)\\b|\\bwhat an answer (?:can|could) look like\\b|\\b(?:show|display|render|example)\\b.{0,40}\\b(?:code|formula|latex|markdown|table)\\b");
    private static final Pattern IDENTITY = Pattern.compile(
            "\\b(?:who|what) are you\\b|\\bare you (?:an? )?(?:ai|bot|chatgpt|gpt|claude|human|language model|llm|real|person)|\\bwhich model\\b|\\byour name\\b");
    private static final Pattern GREETING = Pattern.compile(
            "^(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))\\b[^?]{0,30}$");
    private static final Pattern THANKS =
            Pattern.compile("^(?:thanks|thank you|thx|cheers|great|perfect|nice)\\b.{0,40}$");
    private static final Pattern FAREWELL = Pattern.compile("^(?:bye|goodbye|good night|see you)\\b.{0,30}$");

    private static final String CONNECT = "[Connect a language model](/docs/models#connect-a-language-model)";
    private static final String ABILITIES =
            "I can answer questions about using Parley, show what it displays (\"show me what you can do\"), and recall"
                    + " what you wrote.";
    private static final String WHAT_I_AM = "I am Parley's built-in model and no language model: no language model is"
            + " connected to this instance yet. " + ABILITIES + "\n\n" + CONNECT + " for real answers.";

    private final Manual manual;
    private final Languages languages = new Languages();

    BuiltinReply(Manual manual) {
        this.manual = manual;
    }

    String to(List<Turn> turns) {
        return to(turns, List.of());
    }

    /// @param notes what is remembered from other chats, oldest first
    String to(List<Turn> turns, List<Note> notes) {
        String question = turns.getLast().content().strip();
        String asked = Letters.lower(question).replace('’', '\'');
        List<String> here = turns.subList(0, turns.size() - 1).stream()
                .filter(turn -> turn.role() == Role.USER)
                .map(Turn::content)
                .toList();
        List<String> elsewhere = notes.stream()
                .filter(note -> note.isCurrent() && !note.statement().isEmpty())
                .map(Note::statement)
                .toList();
        List<String> earlier = Stream.concat(elsewhere.stream(), here.stream()).toList();
        return exercise(asked)
                .or(() -> Recall.answer(question, earlier))
                .or(() -> courtesy(asked, here.isEmpty()))
                .or(() -> noted(question))
                .or(() -> fromManual(question))
                .or(() -> notTold(question))
                .or(() -> languages.sentenceFor(question).map(sentence -> sentence + "\n\n" + CONNECT + "."))
                .orElseGet(() -> beyondMe(turns));
    }

    private static Optional<String> exercise(String asked) {
        Matcher count = COUNT.matcher(asked);
        if (count.find()) {
            return Optional.of(LongText.numbersTo(Math.clamp(Integer.parseInt(count.group(1)), 1, MOST_NUMBERS)));
        }
        Matcher longText = LONG_TEXT.matcher(asked);
        if (longText.find()) {
            String words = longText.group(1);
            return Optional.of(
                    LongText.ofWords(words == null ? USUAL_WORDS : Math.min(Integer.parseInt(words), MOST_WORDS)));
        }
        return DEMONSTRATION.matcher(asked).find()
                ? Optional.of(Manual.resource("/models/demonstration.md").strip())
                : Optional.empty();
    }

    private static Optional<String> courtesy(String asked, boolean first) {
        if (GREETING.matcher(asked).find()) {
            return Optional.of(first ? "Hello. " + WHAT_I_AM : "Hello again. " + ABILITIES);
        }
        if (THANKS.matcher(asked).find()) {
            return Optional.of("You are welcome.");
        }
        if (FAREWELL.matcher(asked).find()) {
            return Optional.of("Goodbye. This chat stays where it is.");
        }
        return IDENTITY.matcher(asked).find() ? Optional.of(WHAT_I_AM) : Optional.empty();
    }

    private static Optional<String> noted(String question) {
        return Recall.noted(question).map(fact -> fact + " Ask me about it whenever you like.");
    }

    private static Optional<String> notTold(String question) {
        return Recall.asksForOwn(question) ? Optional.of("You have not told me that.") : Optional.empty();
    }

    private Optional<String> fromManual(String question) {
        return manual.search(question).map(BuiltinReply::quoted);
    }

    private static String quoted(Section section) {
        return "**" + section.title() + "**\n\n" + section.body() + "\n\nFrom the manual: [" + section.pageTitle()
                + ", “" + section.title() + "”](" + section.link() + ")";
    }

    private static String beyondMe(List<Turn> turns) {
        boolean saidBefore = turns.stream()
                .anyMatch(
                        turn -> turn.role() == Role.ASSISTANT && turn.content().contains("built-in model"));
        if (saidBefore) {
            return "That is beyond the built-in model. " + CONNECT + ", or ask me about using Parley.";
        }
        return "I cannot answer that. " + WHAT_I_AM;
    }
}
