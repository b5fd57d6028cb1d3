package dev.parley.memory;

import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Origin;
import dev.parley.shared.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What people say of themselves in sentences that need no model to be understood, in English and German. Better too
/// little than junk: a sentence that asks, supposes, quotes or goes on too long says nothing.
final class PlainStatements {
    private static final int LONGEST_SENTENCE = 240;
    private static final int LONGEST_REMEMBERED = 1_000;
    /// In a longer message people paste what others wrote. No pattern meets more than this either: some take time that
    /// grows with the square of it.
    private static final int LONGEST_MESSAGE = 2_000;
    /// To forget is for good: it is obeyed where little else is said, and not in the middle of a text.
    private static final int LONGEST_ORDER = 400;

    private static final String NAME =
            "([\\p{L}][\\p{L}\\p{M}'’-]*(?: (?!and\\b|und\\b)\\p{Lu}[\\p{L}\\p{M}'’-]*){0,3})";
    private static final String PLACE =
            "((?!(?:a|an|the|my|our|this|fear|hope|peace|hiding|sin|einer?|einem|der|dem|meinem?r?|angst|frieden|harmonie)\\b)[\\p{L}][\\p{L}\\p{M}'’. -]{1,60}?)";
    private static final String VALUE = "([^.;!?,\\n]{2,80}?)";
    private static final String STOP =
            "(?=[.;!?,\\n]|$| (?:and|but|because|since|for|with|where|now|right now|at the moment|last|this|und|aber|weil|seit|mit|wo|jetzt|gezogen|umgezogen)\\b)";
    private static final String END = "(?=[.;!?\\n]|$)";
    /// What belongs to a person for long enough to be worth a memory.
    private static final String OWN =
            "(?:wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|son|daughter|brother|sister|mother|father|mom|mum|dad|boss|manager|dog|cat|pet|horse|car|employer|company|job|hometown|time ?zone|native language|mother tongue|birthday|anniversary|blood type|shoe size|nickname|hobby|favou?rite [\\p{L} ]{2,30})";
    private static final String OWN_GERMAN =
            "(?:frau|mann|partner(?:in)?|freund(?:in)?|verlobte[r]?|sohn|tochter|bruder|schwester|mutter|vater|chef(?:in)?|hund|katze|haustier|pferd|auto|arbeitgeber|firma|beruf|heimatstadt|muttersprache|geburtstag|hochzeitstag|hobby|lieblings[\\p{L}]{2,30})";

    private static final Pattern SENTENCE = Pattern.compile("[^.!?\\n]++(?:\\.(?=\\S)[^.!?\\n]++)*+[.!?]*+");
    private static final Pattern CODE = Pattern.compile("```.*?(?:```|$)|`[^`\\n]*`", Pattern.DOTALL);
    private static final Pattern QUOTED =
            Pattern.compile("(?m)^[ \\t]*+>.*$|\"[^\"\\n]{0,400}\"|“[^”\\n]{0,400}”|„[^“\\n]{0,400}“");
    private static final Pattern SUPPOSED = Pattern.compile(
            "^\\W*(?:if|when|imagine|suppose|pretend|assume|let's say|in (?:the|my) (?:story|novel|book|poem|game)|as if|what if|write|translate|act|you are|wenn|falls|angenommen|stell dir vor|schreib\\w*|ubersetze|spiel\\w*|tu so)\\b");

    private static final Pattern REMEMBER = pattern(
            "^\\W*+(?:please |bitte )?(?:remember|keep in mind|don't forget|do not forget|make a note|merk(?:e)? dir|erinnere dich(?: daran)?|vergiss nicht|denk(?:e)? daran)(?: that|,? dass|:)[ ,]+(?:bitte )?(.{3,})$");
    private static final Pattern FORGET =
            pattern("^\\W*+(?:please |bitte )?(?:forget(?: about)?|vergiss)(?: that|,? dass|:)?[ ,]+(.{2,})$");
    private static final Pattern NOT_TO_BE_FORGOTTEN =
            pattern("^(?:it|this|that|everything|all|about it|es|das|alles|nicht\\b.*|what i (?:said|wrote).*)$");

    private static final List<Rule> RULES = List.of(
            rule(
                    "name",
                    Kind.FACT,
                    0.9,
                    "\\b(?:my name is|my name's|i am called|i'm called) " + NAME,
                    "My name is %s."),
            rule("name", Kind.FACT, 0.9, "\\b(?:ich hei(?:ß|ss)e|mein name ist) " + NAME, "Ich heiße %s."),
            rule("call", Kind.INSTRUCTION, 0.9, "^\\W*(?:please |and )?call me " + NAME, "Call me %s."),
            rule("call", Kind.INSTRUCTION, 0.9, "^\\W*(?:bitte )?nenn(?:e)? mich " + NAME, "Nenn mich %s."),
            rule(
                    "home.city",
                    Kind.FACT,
                    0.8,
                    "\\bi(?:'m| am)? (?:now |currently )?(?:live|living) in " + PLACE + STOP,
                    "I live in %s."),
            rule(
                    "home.city",
                    Kind.FACT,
                    0.8,
                    "\\bi(?:'ve| have)? (?:just |recently |now )?(?:moved|relocated) (?:from [\\p{L} ]{2,30} )?to "
                            + PLACE + STOP,
                    "I live in %s."),
            rule(
                    "home.city",
                    Kind.FACT,
                    0.8,
                    "\\bich (?:wohne|lebe) (?:jetzt |nun |zurzeit )?in " + PLACE + STOP,
                    "Ich wohne in %s."),
            rule(
                    "home.city",
                    Kind.FACT,
                    0.8,
                    "\\bich bin (?:gerade |jetzt |kürzlich )?nach " + PLACE + " (?:um)?gezogen",
                    "Ich wohne in %s."),
            rule(
                    "origin",
                    Kind.FACT,
                    0.6,
                    "\\bi(?:'m| am| come)(?: originally)? from " + PLACE + STOP,
                    "I am from %s."),
            rule(
                    "origin",
                    Kind.FACT,
                    0.6,
                    "\\bich (?:komme|stamme) (?:ursprünglich )?aus " + PLACE + STOP,
                    "Ich komme aus %s."),
            rule("work.role", Kind.FACT, 0.7, "\\bi work as (an? [^.;!?,\\n]{2,60}?)" + STOP, "I work as %s."),
            rule("work.place", Kind.FACT, 0.7, "\\bi (?:now )?work (?:at|for) " + PLACE + STOP, "I work at %s."),
            rule(
                    "work.role",
                    Kind.FACT,
                    0.7,
                    "\\bich arbeite (?:jetzt )?als ([^.;!?,\\n]{2,60}?)" + STOP,
                    "Ich arbeite als %s."),
            rule(
                    "work.place",
                    Kind.FACT,
                    0.7,
                    "\\bich arbeite (?:jetzt )?(?:bei|für) " + PLACE + STOP,
                    "Ich arbeite bei %s."),
            rule("age", Kind.FACT, 0.5, "\\bi(?:'m| am) (\\d{1,3}) years old", "I am %s years old."),
            rule("age", Kind.FACT, 0.5, "\\bich bin (\\d{1,3}) jahre alt", "Ich bin %s Jahre alt."),
            rule(
                    "birthday",
                    Kind.FACT,
                    0.8,
                    "\\bmy birthday is (?:on )?(?:the )?" + VALUE + STOP,
                    "My birthday is %s."),
            rule(
                    "birthday",
                    Kind.FACT,
                    0.8,
                    "\\bmein geburtstag ist (?:am |der )?([^;!?,\\n]{2,40}?)(?=[;!?,\\n]|\\.?$)",
                    "Mein Geburtstag ist am %s."),
            rule("diet", Kind.PREFERENCE, 0.7, "\\bi(?:'m| am) (?:a )?(vegan|vegetarian|pescatarian)\\b", "I am %s."),
            rule(
                    "diet",
                    Kind.PREFERENCE,
                    0.7,
                    "\\bich bin (veganer(?:in)?|vegetarier(?:in)?|vegan|vegetarisch)\\b",
                    "Ich bin %s."),
            new Rule(
                    null,
                    Kind.PREFERENCE,
                    0.6,
                    pattern(
                            "\\bi (?:really |much |would )?(prefer|love|hate|dislike|enjoy|don't like|do not like|like) "
                                    + "([^.;!?\\n]{2,100}?)" + END),
                    match -> isVague(match.group(2))
                            ? null
                            : "I " + Letters.lower(match.group(1)) + " "
                                    + match.group(2).strip() + "."),
            new Rule(
                    null,
                    Kind.PREFERENCE,
                    0.6,
                    pattern("\\bich (mag|liebe|hasse|bevorzuge) ([^.;!?\\n]{2,100}?)" + END),
                    match -> isVague(match.group(2))
                            ? null
                            : "Ich " + Letters.lower(match.group(1)) + " "
                                    + match.group(2).strip() + "."),
            new Rule(
                    "my.%s",
                    Kind.FACT,
                    0.7,
                    pattern("\\bmy (" + OWN + ")(?:'s name)? (?:is|are)(?: called| named| now)? " + VALUE
                            + "(?=[.;!?,\\n]|$| (?:and|but|because|who|which)\\b)"),
                    match -> "My " + Letters.lower(match.group(1)) + " is "
                            + match.group(2).strip() + "."),
            new Rule(
                    "my.%s",
                    Kind.FACT,
                    0.7,
                    pattern("\\bmeine? (" + OWN_GERMAN + ") (?:ist|hei(?:ß|ss)t) " + VALUE
                            + "(?=[.;!?,\\n]|$| (?:und|aber|weil)\\b)"),
                    match -> "Mein(e) " + match.group(1) + " ist "
                            + match.group(2).strip() + "."),
            new Rule(
                    null,
                    Kind.INSTRUCTION,
                    0.9,
                    pattern(
                            "^\\W*((?:please )?(?:from now on|in (?:the )?future|always|never)[ ,]+(?:please )?(?:answer|reply|respond|write|speak|talk|use|address|explain|keep|give|be|call|format|include|avoid|add|end|start)\\b.{3,200}?)[.!]*$"),
                    match -> sentence(match.group(1))),
            new Rule(
                    null,
                    Kind.INSTRUCTION,
                    0.9,
                    pattern(
                            "^\\W*((?:bitte )?(?:ab jetzt|von nun an|ab sofort|immer|nie|niemals)\\b.{3,200}?\\b(?:antworte\\w*|antworten|schreib\\w*|verwende\\w*|benutze\\w*|sprich|duze\\w*|sieze\\w*)\\b.{0,100}?|(?:bitte )?(?:antworte|schreib(?:e)?|verwende|benutze|sprich|duze) (?:mich |mir )?(?:bitte )?(?:ab jetzt|immer|nie|niemals|in zukunft)\\b.{0,200}?)[.!]*$"),
                    match -> sentence(match.group(1))));

    private PlainStatements() {}

    /// What a message says that is to be remembered or forgotten.
    sealed interface Said {
        /// @param slot null: of nothing that only one thing can be true of
        record Remember(String content, Kind kind, @Nullable String slot, Origin origin, double importance)
                implements Said {}

        /// @param what the words that a memory has to have
        record Forget(String what) implements Said {}
    }

    private record Rule(
            @Nullable String slot,
            Kind kind,
            double importance,
            Pattern pattern,
            Function<MatchResult, @Nullable String> sentence) {
        Stream<Said.Remember> in(String told) {
            List<Said.Remember> found = new ArrayList<>();
            Matcher matcher = pattern.matcher(told);
            while (matcher.find()) {
                String content = sentence.apply(matcher);
                if (content != null) {
                    String of = slot == null
                            ? null
                            : slot.formatted(Terms.folded(matcher.group(1)).strip());
                    found.add(new Said.Remember(content, kind, of, Origin.AUTOMATIC, importance));
                }
            }
            return found.stream();
        }
    }

    static List<Said> in(String message) {
        if (message.length() > LONGEST_MESSAGE) {
            return List.of();
        }
        String told = QUOTED.matcher(CODE.matcher(message.replace('’', '\'')).replaceAll("\n"))
                .replaceAll("\n");
        List<Said> said = new ArrayList<>();
        for (MatchResult match : SENTENCE.matcher(told).results().toList()) {
            String sentence = match.group().strip();
            if (!sentence.isEmpty()) {
                add(sentence, message.length() <= LONGEST_ORDER, said);
            }
        }
        return List.copyOf(said);
    }

    /// What a sentence, written by hand, says something of.
    static @Nullable String slotOf(String content) {
        return byHand(content)
                .map(Said.Remember::slot)
                .filter(slot -> slot != null)
                .findFirst()
                .orElse(null);
    }

    /// What a sentence, written by hand, is.
    static Kind kindOf(String content) {
        return byHand(content).map(Said.Remember::kind).findFirst().orElse(Kind.FACT);
    }

    private static Stream<Said.Remember> byHand(String content) {
        return content.length() > LONGEST_SENTENCE
                ? Stream.empty()
                : RULES.stream().flatMap(rule -> rule.in(content));
    }

    private static void add(String sentence, boolean orders, List<Said> said) {
        boolean asks = sentence.endsWith("?");
        if (asks || sentence.length() > LONGEST_REMEMBERED || isSupposed(sentence)) {
            return;
        }
        String plain = withoutEnd(sentence);
        Matcher remember = REMEMBER.matcher(plain);
        if (remember.find()) {
            String content = sentence(remember.group(1));
            List<Said.Remember> known =
                    RULES.stream().flatMap(rule -> rule.in(content)).limit(1).toList();
            Kind kind = known.isEmpty() ? Kind.FACT : known.getFirst().kind();
            String slot = known.isEmpty() ? null : known.getFirst().slot();
            said.add(new Said.Remember(content, kind, slot, Origin.EXPLICIT, 0.9));
            return;
        }
        Matcher forget = FORGET.matcher(plain);
        if (forget.find()) {
            if (orders && !NOT_TO_BE_FORGOTTEN.matcher(forget.group(1)).find()) {
                said.add(new Said.Forget(forget.group(1)));
            }
            return;
        }
        if (sentence.length() > LONGEST_SENTENCE || Sensitive.isIn(sentence)) {
            return;
        }
        RULES.stream().flatMap(rule -> rule.in(sentence)).forEach(said::add);
    }

    private static String withoutEnd(String sentence) {
        int end = sentence.length();
        while (end > 0 && ".!".indexOf(sentence.charAt(end - 1)) >= 0) {
            end--;
        }
        return sentence.substring(0, end);
    }

    private static boolean isSupposed(String sentence) {
        return SUPPOSED.matcher(Terms.folded(sentence)).find();
    }

    /// "I love it" and "I would like you to …" say nothing that lasts.
    private static boolean isVague(String value) {
        return value.matches(
                        "(?i)(?:it|this|that|these|those|them|you|your|the idea|to know|to see|to have|to get|to ask|to be able|if|how|what|when|where|es|das|dies|dich|deine?|die idee|wie|wenn|zu wissen)\\b.*")
                || Terms.of(value).length == 0;
    }

    private static String sentence(String text) {
        String plain = text.strip();
        return Character.toUpperCase(plain.charAt(0)) + plain.substring(1) + (plain.matches(".*[.!?]$") ? "" : ".");
    }

    private static Rule rule(String slot, Kind kind, double importance, String pattern, String sentence) {
        return new Rule(slot, kind, importance, pattern(pattern), match -> {
            String value = match.group(1).strip();
            return value.isEmpty() ? null : sentence.formatted(value);
        });
    }

    private static Pattern pattern(String text) {
        // A capital letter is what tells a second name from the next word; all else is written in any way.
        return Pattern.compile(
                text.replace("\\p{Lu}", "(?-i:\\p{Lu})"), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
