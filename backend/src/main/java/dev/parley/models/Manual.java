package dev.parley.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.shared.Letters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// The user documentation that is in the jar, by sections, and the search in it.
final class Manual {
    static final List<String> PAGES = List.of(
            "install",
            "configure",
            "operate",
            "backup",
            "several-nodes",
            "upgrade",
            "containers",
            "models",
            "chat",
            "import",
            "memory",
            "accounts",
            "api",
            "websocket",
            "security",
            "troubleshoot",
            "compare");

    private static final double SATURATION = 1.2;
    private static final double LENGTH_WEIGHT = 0.75;
    private static final int TITLE_WEIGHT = 4;
    /// How much of a question, weighed by how rare its words are, a section must have to be an answer.
    private static final double ENOUGH = 0.55;

    private static final double UNKNOWN_WEIGHT = 0.4;

    private final List<Indexed> sections;
    private final Map<String, Integer> sectionsWith = new HashMap<>();
    private final double averageLength;

    private Manual(List<Section> sections) {
        this.sections = sections.stream().map(Indexed::of).toList();
        for (Indexed section : this.sections) {
            section.counts.keySet().forEach(word -> sectionsWith.merge(word, 1, Integer::sum));
        }
        this.averageLength =
                this.sections.stream().mapToInt(s -> s.length).average().orElse(1);
    }

    static Manual fromJar() {
        List<Section> sections = new ArrayList<>();
        PAGES.forEach(page -> sections.addAll(sections(page, text(page))));
        return new Manual(sections);
    }

    static Manual of(Map<String, String> pages) {
        List<Section> sections = new ArrayList<>();
        pages.forEach((page, text) -> sections.addAll(sections(page, text)));
        return new Manual(sections);
    }

    /// The source of a page, Markdown.
    static String text(String page) {
        return resource("/docs/" + page + ".md");
    }

    /// A text that was packed into the jar.
    static String resource(String path) {
        try (InputStream in = Manual.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks " + path);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The section that answers a question best, if one does (Okapi BM25, more when its title has the
    /// question's words).
    Optional<Section> search(String question) {
        Set<String> words = new HashSet<>(Words.of(question));
        double all = words.stream().mapToDouble(this::weightInQuestion).sum();
        return sections.stream()
                .filter(section -> section.shareOf(words, this::rarity) >= ENOUGH * all && all > 0)
                .max(Comparator.comparingDouble(section -> score(section, words)))
                .map(found -> found.section);
    }

    private double score(Indexed section, Set<String> words) {
        double score = 0;
        for (String word : words) {
            int count = section.counts.getOrDefault(word, 0);
            double norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * section.length / averageLength);
            score += rarity(word) * count * (SATURATION + 1) / (count + norm);
        }
        return score * (1 + section.shareOfTitle(words));
    }

    /// A word that the manual does not have at all says that the question may be about something else, though not as
    /// surely as a rare word says what it is about.
    private double weightInQuestion(String word) {
        return sectionsWith.containsKey(word) ? rarity(word) : UNKNOWN_WEIGHT * rarity(word);
    }

    private double rarity(String word) {
        int with = sectionsWith.getOrDefault(word, 0);
        return Math.log(1 + (sections.size() - with + 0.5) / (with + 0.5));
    }

    static List<Section> sections(String page, String text) {
        List<Section> sections = new ArrayList<>();
        String[] parts = text.split("(?m)^## ", -1);
        String pageTitle = parts[0].strip().replaceFirst("^# ", "");
        for (int i = 1; i < parts.length; i++) {
            String[] titleAndBody = parts[i].split("\n", 2);
            sections.add(new Section(page, pageTitle, titleAndBody[0].strip(), titleAndBody[1].strip()));
        }
        return sections;
    }

    /// @param page the file's name without its ending
    record Section(String page, String pageTitle, String title, String body) {
        String link() {
            return "/docs/" + page + "#" + anchor(title);
        }

        static String anchor(String title) {
            return Letters.lower(title)
                    .replaceAll("[^\\p{L}\\p{N} -]", "")
                    .strip()
                    .replace(' ', '-');
        }
    }

    private record Indexed(Section section, Set<String> title, Map<String, Integer> counts, int length) {
        static Indexed of(Section section) {
            Map<String, Integer> counts = new HashMap<>();
            List<String> body = Words.of(section.body);
            body.forEach(word -> counts.merge(word, 1, Integer::sum));
            Set<String> title = Set.copyOf(Words.of(section.title));
            title.forEach(word -> counts.merge(word, TITLE_WEIGHT, Integer::sum));
            return new Indexed(section, title, counts, body.size());
        }

        double shareOfTitle(Set<String> words) {
            return (double) words.stream().filter(title::contains).count() / words.size();
        }

        double shareOf(Set<String> words, ToDoubleFunction<String> weight) {
            return words.stream()
                    .filter(counts::containsKey)
                    .mapToDouble(weight)
                    .sum();
        }
    }
}
