package dev.parley.memory;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A question as it is understood without a model.
///
/// @param text as it was asked
/// @param topic what it is about: without names, days and the words that make it a question; never empty
/// @param terms of all of it
/// @param who bits of the speakers whose words it is about; 0: it does not say
/// @param days what it says of when
/// @param asksWhen whether a time is the answer
@SuppressWarnings("ArrayRecordComponent") // never compared
record Question(String text, String topic, int[] terms, int who, List<Dates.Range> days, boolean asksWhen) {
    private static final Pattern WHEN = Pattern.compile(
            "\\b(?:when|wann|how long|seit wann|wie lange)\\b|\\b(?:what|which|welche[mnrs]?) (?:date|day|month|year|week|time|datum|tag|monat|jahr)\\b");
    private static final Set<String> ASKING =
            Set.copyOf(List.of(("what when where which who whom whose why how did does do is are"
                            + " was were has have had will would can could should kind type many much long often been say said"
                            + " tell told mention mentioned ask asked talk talked discuss discussed remember recall know please"
                            + " date day month year time wann was wer wo wie warum welche welcher welches welchen hat habe hast"
                            + " gesagt erzahlt erwahnt gesprochen weisst noch")
                    .split(" ")));

    static Question read(String text, Speakers speakers, LocalDate today) {
        String folded = Terms.folded(text);
        Dates.Found dates = Dates.in(folded, today);
        Set<String> names = speakers.names();
        String topic = words(dates.rest())
                .filter(word -> !ASKING.contains(word) && !names.contains(word) && !Terms.COMMON.contains(word))
                .collect(Collectors.joining(" "));
        return new Question(
                text,
                topic.isEmpty() ? text : topic,
                Stream.of(Terms.of(text))
                        .flatMapToInt(java.util.Arrays::stream)
                        .distinct()
                        .toArray(),
                speakers.named(folded),
                dates.ranges(),
                WHEN.matcher(folded).find());
    }

    private static Stream<String> words(String text) {
        return Terms.words(text).stream();
    }
}
