package dev.parley.models;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Long answers for trying out streaming. The same request gives the same text.
final class LongText {
    private static final List<String> WEATHER = List.of(
            "The morning is clear and cold.",
            "Fog lies on the water until noon.",
            "It rains from the west.",
            "The wind has turned north in the night.",
            "The sea is as flat as a table.");
    private static final List<String> WORK = List.of(
            "I clean the glass of the lamp and trim its wick.",
            "I paint the railing, two strokes to the north and one to the south.",
            "I count the oil barrels and write the number down.",
            "I carry water up, forty steps and then forty more.");
    private static final List<String> SIGHT = List.of(
            "A ship passes and dips its flag.",
            "Three gulls sit on the wall and do not care.",
            "Nobody comes.",
            "The mail boat brings a newspaper that is a week old.",
            "Far out there is a sail, then there is none.",
            "A seal looks at me for a long time.",
            "At night I see the other light across the bay.");

    private LongText() {}

    static String numbersTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + ".";
    }

    /// A lighthouse keeper's log, a paragraph a day. The lists have lengths without a common divisor, so that it takes
    /// 140 days until one repeats.
    static String ofWords(int words) {
        StringBuilder text = new StringBuilder("This is no language model's work but a prepared log of a lighthouse.");
        int written = 12;
        for (int day = 0; written < words; day++) {
            String entry = "%s %s %s"
                    .formatted(
                            WEATHER.get(day % WEATHER.size()),
                            WORK.get(day % WORK.size()),
                            SIGHT.get(day % SIGHT.size()));
            text.append("\n\n**Day ").append(day + 1).append(".** ").append(entry);
            written += 2 + entry.split(" ").length;
        }
        return text.toString();
    }
}
