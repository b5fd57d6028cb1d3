package dev.parley.models;

import dev.parley.shared.Letters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a user said about themselves earlier, in this chat or as it is remembered from others, found by the form of the
/// sentence or by its words.
final class Recall {
    private static final String NAME = "([\\p{L}][\\p{L}'’-]*(?: \\p{Lu}[\\p{L}'’-]*){0,3})";
    private static final String REST = "([^.;!?\\n]{1,200})";
    private static final Pattern SENTENCE = Pattern.compile("[^.!?\\n]+[.!?]*");

    private static final List<Rule> RULES = List.of(
            rule("name", "(?i:\\b(?:my name is|my name's|i am called|i'm called|call me)) " + NAME, "Your name is %s."),
            rule(
                    "live",
                    "(?i:\\bi(?: now)? live in|\\bi(?:'ve| have)?(?: just| recently| now)? moved to) " + REST,
                    "You live in %s."),
            rule("from", "(?i:\\bi(?:'m| am| come) from) " + REST, "You are from %s."),
            rule("work", "(?i:\\bi (work (?:as|at|for|in|with) [^.;!?\\n]{1,200}))", "You %s."),
            rule("like", "(?i:\\bi (?:really |also )?(?:like|love|enjoy|prefer)) " + REST, "You like %s."),
            rule(
                    "dislike",
                    "(?i:\\bi (?:really )?(?:don't like|do not like|dislike|hate)) " + REST,
                    "You do not like %s."));
    private static final Pattern OWN =
            Pattern.compile("\\bmy ([\\p{L}][\\p{L} -]{1,40}?) (?:is|are|was) " + REST, Pattern.CASE_INSENSITIVE);

    private static final List<Question> QUESTIONS = List.of(
            new Question("name", Pattern.compile("\\bmy name\\b|\\bwho am i\\b|\\bwhat am i called\\b"), "your name"),
            new Question(
                    "live",
                    Pattern.compile("\\bwhere (?:do|did) i live\\b|\\b(?:which|what) city\\b.*\\bi\\b"),
                    "where you live"),
            new Question("from", Pattern.compile("\\bwhere (?:am|was|do) i (?:come )?from\\b"), "where you are from"),
            new Question(
                    "work",
                    Pattern.compile("\\b(?:where|what) do i work\\b|\\bmy job\\b|\\bmy work\\b"),
                    "what you work"),
            new Question(
                    "dislike",
                    Pattern.compile("\\bwhat do(?:n't| not)? i (?:not like|hate|dislike)\\b|\\bwhat don't i like\\b"),
                    "what you do not like"),
            new Question("like", Pattern.compile("\\bwhat do i (?:like|love|enjoy|prefer)\\b"), "what you like"));
    private static final Pattern ABOUT_OWN =
            Pattern.compile("\\b(?:what|who|where|when|which)(?:'s| is| are| was) my ([\\p{L} -]{2,40})");
    private static final Pattern ABOUT_TOPIC = Pattern.compile(
            "\\b(?:what did i (?:say|tell you|write|mention|ask)|did i (?:say|tell|write|mention)|do you remember)\\b(?:.*?\\babout\\b)?(.*)");
    private static final Pattern EVERYTHING = Pattern.compile(
            "\\bwhat do you (?:know|remember)(?: about me)?\\s*\\?*$|\\bwhat did i (?:say|tell you)(?: so far| before)?\\s*\\?*$");

    private Recall() {}

    /// The answer to a question about what was said, if it is one.
    static Optional<String> answer(String question, List<String> earlier) {
        String asked = Letters.lower(question).replace('’', '\'').strip();
        if (EVERYTHING.matcher(asked).find()) {
            return Optional.of(everything(earlier));
        }
        for (Question known : QUESTIONS) {
            if (isQuestion(asked) && known.pattern.matcher(asked).find()) {
                return Optional.of(known.answer(earlier));
            }
        }
        Matcher own = ABOUT_OWN.matcher(asked);
        if (own.find()) {
            return own(own.group(1).strip(), earlier);
        }
        Matcher topic = ABOUT_TOPIC.matcher(asked);
        if (topic.find()) {
            return said(topic.group(1), earlier).or(() -> Optional.of("I find nothing about that in what you wrote."));
        }
        return Optional.empty();
    }

    /// Whether it asks for something of the user's own, which may also be what the manual calls theirs.
    static boolean asksForOwn(String question) {
        return ABOUT_OWN.matcher(Letters.lower(question)).find();
    }

    /// What is noted of a message that tells something, as a sentence, if it does.
    static Optional<String> noted(String message) {
        String sentence = String.join(" ", facts(message));
        return sentence.isEmpty() ? Optional.empty() : Optional.of(sentence);
    }

    private static boolean isQuestion(String asked) {
        return asked.contains("?") || asked.matches("(?s)(?:what|who|where|which|do you|can you|tell me|say).*");
    }

    private static String everything(List<String> earlier) {
        Set<String> facts = new LinkedHashSet<>();
        earlier.forEach(message -> facts.addAll(facts(message)));
        if (facts.isEmpty()) {
            return "You have told me nothing about yourself yet.";
        }
        StringBuilder text = new StringBuilder("You told me:\n");
        facts.forEach(fact -> text.append("\n- ").append(fact));
        return text.toString();
    }

    private static Optional<String> own(String thing, List<String> earlier) {
        for (String message : earlier.reversed()) {
            Matcher matcher = OWN.matcher(told(message));
            while (matcher.find()) {
                if (Words.of(matcher.group(1)).equals(Words.of(thing))) {
                    return Optional.of("Your %s is %s."
                            .formatted(matcher.group(1), matcher.group(2).strip()));
                }
            }
        }
        return said(thing, earlier);
    }

    private static Optional<String> said(String topic, List<String> earlier) {
        Set<String> words = new LinkedHashSet<>(Words.of(topic));
        List<String> found = earlier.stream()
                .flatMap(Recall::sentences)
                .filter(sentence -> !words.isEmpty() && Words.of(sentence).containsAll(words))
                .distinct()
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("You wrote:\n");
        found.reversed().stream()
                .limit(3)
                .forEach(sentence -> text.append("\n> ").append(sentence).append('\n'));
        return Optional.of(text.toString().strip());
    }

    private static List<String> facts(String message) {
        List<String> facts = new ArrayList<>();
        String told = told(message);
        for (Rule rule : RULES) {
            rule.fact(told).ifPresent(facts::add);
        }
        Matcher own = OWN.matcher(told);
        while (own.find()) {
            if (!own.group(1).equalsIgnoreCase("name")) {
                facts.add("Your " + own.group(1) + " is " + own.group(2).strip() + ".");
            }
        }
        return facts;
    }

    /// A message without its questions, which tell nothing.
    private static String told(String message) {
        return String.join(
                "\n",
                sentences(message).filter(sentence -> !sentence.endsWith("?")).toList());
    }

    private static Stream<String> sentences(String message) {
        return SENTENCE.matcher(message.replace('’', '\''))
                .results()
                .map(match -> match.group().strip());
    }

    private static Rule rule(String kind, String pattern, String sentence) {
        return new Rule(kind, Pattern.compile(pattern), sentence);
    }

    private record Rule(String kind, Pattern pattern, String sentence) {
        Optional<String> fact(String told) {
            Matcher matcher = pattern.matcher(told);
            return matcher.find()
                    ? Optional.of(sentence.formatted(matcher.group(1).strip()))
                    : Optional.empty();
        }
    }

    private record Question(String kind, Pattern pattern, String what) {
        String answer(List<String> earlier) {
            Rule rule =
                    RULES.stream().filter(r -> r.kind.equals(kind)).findFirst().orElseThrow();
            return earlier.reversed().stream()
                    .flatMap(message -> rule.fact(told(message)).stream())
                    .findFirst()
                    .orElse("You have not told me " + what + ".");
        }
    }
}
