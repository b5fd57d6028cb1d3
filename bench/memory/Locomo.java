package dev.parley.memory;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Long conversations with questions and the turns that answer them, in LoCoMo's format, put to the retrieval that
/// answers use.
final class Locomo {
    private static final List<Integer> CATEGORIES = List.of(1, 2, 3, 4);
    private static final List<Integer> BUDGETS = List.of(250, 500, 1_000, 2_000);
    private static final Pattern SESSION = Pattern.compile("session_(\\d+)");
    private static final Pattern EVIDENCE = Pattern.compile("D:?(\\d+):(\\d+)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("h:mm a 'on' d MMMM, uuuu", Locale.ENGLISH);
    private static final int DEEPEST = 200;

    private final Encoding tokens = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    private final Embedder embedder;
    private final Map<Integer, Tally> tallies = new TreeMap<>();
    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> wall = new ArrayList<>();
    private int turns;

    private Locomo(Embedder embedder) {
        this.embedder = embedder;
    }

    private record Conversation(Block block, Map<String, Integer> places, List<Long> costs, Speakers speakers, Instant end) {}

    private static final class Tally {
        int questions;
        final double[] recall = new double[3];
        double reciprocalRank;
        double hits;
        final double[] inTokens = new double[BUDGETS.size()];
        double wholeTokens;

        void add(Tally other) {
            questions += other.questions;
            reciprocalRank += other.reciprocalRank;
            hits += other.hits;
            wholeTokens += other.wholeTokens;
            Arrays.setAll(recall, i -> recall[i] + other.recall[i]);
            Arrays.setAll(inTokens, i -> inTokens[i] + other.inTokens[i]);
        }

        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("recall_at_5", recall[0] / questions);
            figures.put("recall_at_10", recall[1] / questions);
            figures.put("recall_at_20", recall[2] / questions);
            figures.put("mrr", reciprocalRank / questions);
            figures.put("hit_at_10", hits / questions);
            figures.put("questions", questions);
            return figures;
        }

        Map<String, Double> evidence() {
            Map<String, Double> evidence = new LinkedHashMap<>();
            for (int i = 0; i < BUDGETS.size(); i++) {
                evidence.put(String.valueOf(BUDGETS.get(i)), inTokens[i] / questions);
            }
            return evidence;
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path data = null;
        Path out = null;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--data") && i + 1 < arguments.length) {
                data = Path.of(arguments[++i]);
            } else if (arguments[i].equals("--json") && i + 1 < arguments.length) {
                out = Path.of(arguments[++i]);
            } else {
                misused();
            }
        }
        if (data == null || !Files.isReadable(data)) {
            misused();
            return;
        }
        try (MiniLm model = MiniLm.load()) {
            Locomo bench = new Locomo(model);
            for (JsonNode conversation : JsonMapper.shared().readTree(Files.readString(data))) {
                bench.ask(conversation);
            }
            bench.report(out);
        }
    }

    private static void misused() {
        System.err.println("Usage: ./parley bench memory --data FILE [--json OUT], FILE in the format of LoCoMo");
        System.exit(2);
    }

    private void ask(JsonNode data) {
        Conversation conversation = read(data.path("conversation"));
        long whole = conversation.costs.stream().mapToLong(Long::longValue).sum();
        for (JsonNode qa : data.path("qa")) {
            int category = qa.path("category").asInt();
            Set<Integer> evidence = evidence(qa.path("evidence"), conversation.places);
            if (CATEGORIES.contains(category) && !evidence.isEmpty()) {
                int[] found = search(conversation, qa.path("question").asString());
                Tally tally = tallies.computeIfAbsent(category, _ -> new Tally());
                score(tally, found, evidence, conversation.costs);
                tally.wholeTokens += whole;
            }
        }
    }

    /// Everything that production does between a question and its ranked turns.
    private int[] search(Conversation conversation, String text) {
        long cpuBefore = cpuNanos();
        long before = System.nanoTime();
        Question question =
                Question.read(text, conversation.speakers, Turn.day(conversation.end));
        List<byte[]> meaning = embedder.embed(List.of(question.text(), question.topic()));
        int[] best = Ranking.of(
                        conversation.block, question, new Ranking.Meaning(meaning.getFirst(), meaning.getLast()))
                .best(DEEPEST);
        wall.add((System.nanoTime() - before) / 1e6);
        cpu.add((cpuNanos() - cpuBefore) / 1e6);
        return best;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void score(Tally tally, int[] found, Set<Integer> evidence, List<Long> costs) {
        tally.questions++;
        List<Integer> ranked = Arrays.stream(found).boxed().toList();
        List<Integer> depths = List.of(5, 10, 20);
        for (int i = 0; i < depths.size(); i++) {
            tally.recall[i] += share(ranked.stream().limit(depths.get(i)).toList(), evidence);
        }
        tally.hits += ranked.stream().limit(10).anyMatch(evidence::contains) ? 1 : 0;
        for (int i = 0; i < ranked.size(); i++) {
            if (evidence.contains(ranked.get(i))) {
                tally.reciprocalRank += 1.0 / (i + 1);
                break;
            }
        }
        for (int i = 0; i < BUDGETS.size(); i++) {
            tally.inTokens[i] += share(Packing.pack(ranked, costs::get, BUDGETS.get(i)), evidence);
        }
    }

    private static double share(List<Integer> found, Set<Integer> evidence) {
        return (double) found.stream().filter(evidence::contains).count() / evidence.size();
    }

    private static Set<Integer> evidence(JsonNode named, Map<String, Integer> places) {
        Set<Integer> evidence = new HashSet<>();
        for (JsonNode one : named) {
            Matcher matcher = EVIDENCE.matcher(one.asString());
            while (matcher.find()) {
                Integer place = places.get("D" + matcher.group(1) + ":" + matcher.group(2));
                if (place != null) {
                    evidence.add(place);
                }
            }
        }
        return evidence;
    }

    private Conversation read(JsonNode data) {
        List<String> names = List.of(data.path("speaker_a").asString(), data.path("speaker_b").asString());
        Map<Integer, JsonNode> sessions = new TreeMap<>();
        data.properties().forEach(part -> {
            Matcher matcher = SESSION.matcher(part.getKey());
            if (matcher.matches()) {
                sessions.put(Integer.valueOf(matcher.group(1)), part.getValue());
            }
        });
        Block block = new Block(embedder.model());
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Long> costs = new ArrayList<>();
        Instant end = Instant.EPOCH;
        for (Map.Entry<Integer, JsonNode> session : sessions.entrySet()) {
            String time = data.path("session_" + session.getKey() + "_date_time").asString();
            Instant said = LocalDateTime.parse(time.toUpperCase(Locale.ROOT).replace(" ON ", " on "), caseless())
                    .toInstant(ZoneOffset.UTC);
            end = said;
            UUID chat = new UUID(0, session.getKey());
            for (JsonNode one : session.getValue()) {
                places.put(one.path("dia_id").asString(), block.size());
                String name = one.path("speaker").asString();
                String text = text(one);
                Turn turn = Turn.of(new UUID(1, block.size()), chat, names.indexOf(name), name, said, text);
                block.add(turn.with(embedder.embed(List.of(text)).getFirst()));
                costs.add((long) tokens.countTokens(Turn.dated(said, name, text)) + 1);
            }
        }
        turns += block.size();
        Speakers speakers = Speakers.named(
                names.stream().map(name -> Set.copyOf(Terms.words(name))).toList());
        return new Conversation(block, places, costs, speakers, end);
    }

    private static DateTimeFormatter caseless() {
        return new java.time.format.DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .append(TIME)
                .toFormatter(Locale.ENGLISH);
    }

    /// A picture is part of what was said, by the sentence that describes it.
    private static String text(JsonNode turn) {
        String caption = turn.path("blip_caption").asString("");
        return turn.path("text").asString() + (caption.isEmpty() ? "" : " [shares " + caption + "]");
    }

    private void report(@org.jspecify.annotations.Nullable Path out) throws IOException {
        Tally overall = new Tally();
        tallies.values().forEach(overall::add);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("overall", overall.figures());
        Map<String, Object> byCategory = new LinkedHashMap<>();
        tallies.forEach((category, tally) -> byCategory.put(String.valueOf(category), tally.figures()));
        json.put("by_category", byCategory);
        json.put("evidence_in_tokens", overall.evidence());
        json.put("whole_conversation_tokens", overall.wholeTokens / overall.questions);
        json.put("turns", turns);
        json.put("cpu_ms_p50", percentile(cpu, 0.5));
        json.put("cpu_ms_p95", percentile(cpu, 0.95));
        json.put("wall_ms_p50", percentile(wall, 0.5));
        json.put("wall_ms_p95", percentile(wall, 0.95));
        if (out != null) {
            Files.writeString(out, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        }
        System.out.println("| | questions | recall@5 | @10 | @20 | MRR | hit@10 |\n| --- | --- | --- | --- | --- | --- | --- |");
        tallies.forEach((category, tally) -> print("category " + category, tally));
        print("overall", overall);
        System.out.println();
        System.out.println(overall.evidence().entrySet().stream()
                .map(entry -> "%s tokens %.1f %%".formatted(entry.getKey(), 100 * entry.getValue()))
                .collect(Collectors.joining(", ", "evidence inside ", "")));
        System.out.printf(
                "CPU a question p50 %.1f ms, p95 %.1f ms; wall p50 %.1f ms, p95 %.1f ms; %d turns%n",
                percentile(cpu, 0.5), percentile(cpu, 0.95), percentile(wall, 0.5), percentile(wall, 0.95), turns);
    }

    private static void print(String name, Tally tally) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.1f | %.3f | %.1f |%n",
                name,
                tally.questions,
                100 * tally.recall[0] / tally.questions,
                100 * tally.recall[1] / tally.questions,
                100 * tally.recall[2] / tally.questions,
                tally.reciprocalRank / tally.questions,
                100 * tally.hits / tally.questions);
    }

    private static double percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
    }
}
