package dev.parley.memory;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.Parley;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two indexes of texts that are asked, and what they find: PostgreSQL's full-text search and Lucene. Each gets the
/// dated turn as a text and a question's words, any of them.
final class TextIndexes {
    private static final int VOCABULARY = 20_000;
    private static final int MOST = 50;
    private static final List<Integer> DEPTHS = List.of(5, 10, 20);

    private final Random random = new Random(1);
    private final Analyzer analyzer = new EnglishAnalyzer();
    private final Connection database;

    private TextIndexes(Connection database) {
        this.database = database;
    }

    /// @param names those whose evidence it is
    private record Doubt(String question, Set<String> evidence) {}

    private record Line(String id, int speaker, String name, Instant said, UUID session, String text) {
        String dated() {
            return Turn.dated(said, name, text);
        }
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        int users = 100;
        int turns = 10_000;
        Path data = null;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--users" -> users = Integer.parseInt(arguments[i + 1]);
                case "--turns" -> turns = Integer.parseInt(arguments[i + 1]);
                case "--data" -> data = Path.of(arguments[i + 1]);
                default -> misused();
            }
        }
        if (arguments.length % 2 != 0) {
            misused();
        }
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Parley.class)
                        .web(WebApplicationType.NONE)
                        .lazyInitialization(true)
                        .run("--PARLEY_ROLES=", "--logging.level.dev.parley=warn");
                Connection database = context.getBean(DataSource.class).getConnection()) {
            TextIndexes bench = new TextIndexes(database);
            bench.sql("create table bench_text (owner_id uuid not null, id text not null, tsv tsvector not null)");
            bench.sql("create index on bench_text using gin (owner_id, tsv)");
            if (data != null) {
                bench.find(data);
            }
            bench.time(users, turns);
        }
    }

    private static void misused() {
        System.err.println("Usage: ./parley bench text-index [--data FILE] [--users N] [--turns N]");
        System.exit(2);
    }

    // What is found

    private void find(Path data) throws IOException, SQLException {
        Map<String, double[]> recall = new LinkedHashMap<>();
        int questions = 0;
        for (JsonNode one : JsonMapper.shared().readTree(Files.readString(data))) {
            List<Line> lines = lines(one.path("conversation"));
            List<Doubt> doubts = doubts(one.path("qa"), lines);
            questions += doubts.size();
            UUID owner = UUID.randomUUID();
            insert(owner, lines);
            Path folder = Files.createTempDirectory("lucene");
            try (FSDirectory directory = FSDirectory.open(folder);
                    IndexWriter writer = new IndexWriter(directory, config())) {
                for (Line line : lines) {
                    writer.addDocument(document(owner, line.id(), line.dated()));
                }
                writer.commit();
                try (DirectoryReader reader = DirectoryReader.open(directory)) {
                    IndexSearcher searcher = searcher(reader);
                    Function<String, List<String>> ours = ours(lines);
                    for (Doubt doubt : doubts) {
                        add(recall, "PostgreSQL, `ts_rank`", askPostgres(owner, doubt.question), doubt);
                        add(recall, "Lucene, BM25", askLucene(searcher, owner, doubt.question), doubt);
                        add(recall, "the scan, words alone", ours.apply(doubt.question), doubt);
                    }
                }
            }
            delete(folder);
        }
        System.out.println("| found by words alone | recall@5 | @10 | @20 |\n| --- | --- | --- | --- |");
        for (Map.Entry<String, double[]> one : recall.entrySet()) {
            double[] of = one.getValue();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f |%n",
                    one.getKey(),
                    100 * of[0] / questions,
                    100 * of[1] / questions,
                    100 * of[2] / questions);
        }
    }

    private static void add(Map<String, double[]> recall, String name, List<String> found, Doubt doubt) {
        double[] sums = recall.computeIfAbsent(name, _ -> new double[DEPTHS.size()]);
        for (int i = 0; i < DEPTHS.size(); i++) {
            long hits = found.stream().limit(DEPTHS.get(i)).filter(doubt.evidence::contains).count();
            sums[i] += (double) hits / doubt.evidence.size();
        }
    }

    private static Function<String, List<String>> ours(List<Line> lines) {
        Block block = new Block("");
        for (Line line : lines) {
            UUID id = new UUID(0, block.size());
            block.add(Turn.of(id, line.session, line.speaker, line.name, line.said, line.text));
        }
        List<Set<String>> names = new ArrayList<>(List.of(Set.of(), Set.of()));
        lines.forEach(line -> names.set(line.speaker, Set.copyOf(Terms.words(line.name))));
        Speakers speakers = Speakers.named(names);
        return question -> {
            Question read = Question.read(question, speakers, Turn.day(lines.getLast().said));
            return Arrays.stream(Ranking.of(block, read, null).best(MOST))
                    .mapToObj(at -> lines.get(at).id)
                    .toList();
        };
    }

    private static List<Line> lines(JsonNode conversation) {
        DateTimeFormatter times = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("h:mm a 'on' d MMMM, uuuu")
                .toFormatter(Locale.ENGLISH);
        Pattern named = Pattern.compile("session_(\\d+)");
        Map<Integer, JsonNode> sessions = new TreeMap<>();
        conversation.properties().forEach(part -> {
            Matcher matcher = named.matcher(part.getKey());
            if (matcher.matches()) {
                sessions.put(Integer.valueOf(matcher.group(1)), part.getValue());
            }
        });
        List<Line> lines = new ArrayList<>();
        sessions.forEach((number, session) -> {
            String time = conversation.path("session_" + number + "_date_time").asString();
            Instant said = LocalDateTime.parse(time, times).toInstant(ZoneOffset.UTC);
            for (JsonNode one : session) {
                String name = one.path("speaker").asString();
                String caption = one.path("blip_caption").asString("");
                lines.add(new Line(
                        one.path("dia_id").asString(),
                        name.equals(conversation.path("speaker_a").asString()) ? 0 : 1,
                        name,
                        said,
                        new UUID(0, number),
                        one.path("text").asString() + (caption.isEmpty() ? "" : " [shares " + caption + "]")));
            }
        });
        return lines;
    }

    private static List<Doubt> doubts(JsonNode list, List<Line> lines) {
        Set<String> known = Set.copyOf(lines.stream().map(Line::id).toList());
        List<Doubt> doubts = new ArrayList<>();
        for (JsonNode one : list) {
            Set<String> evidence = Set.copyOf(Stream.of(one.path("evidence"))
                    .flatMap(all -> all.valueStream().map(JsonNode::asString))
                    .filter(known::contains)
                    .distinct()
                    .toList());
            if (one.path("category").asInt() <= 4 && !evidence.isEmpty()) {
                doubts.add(new Doubt(one.path("question").asString(), evidence));
            }
        }
        return doubts;
    }

    // What it costs

    private void time(int users, int turns) throws IOException, SQLException {
        List<UUID> people = Stream.generate(UUID::randomUUID).limit(users).toList();
        Path folder = Files.createTempDirectory("lucene");
        double inPostgres = 0;
        double inLucene = 0;
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, config())) {
            for (UUID owner : people) {
                List<Line> lines = new ArrayList<>();
                for (int i = 0; i < turns; i++) {
                    lines.add(new Line(owner + "/" + i, 0, "User", Instant.EPOCH, owner, sentence(10 + random.nextInt(40))));
                }
                long start = System.nanoTime();
                insert(owner, lines);
                inPostgres += (System.nanoTime() - start) / 1e9;
                start = System.nanoTime();
                for (Line line : lines) {
                    writer.addDocument(document(owner, line.id, line.dated()));
                }
                inLucene += (System.nanoTime() - start) / 1e9;
            }
            long start = System.nanoTime();
            writer.commit();
            inLucene += (System.nanoTime() - start) / 1e9;
            sql("vacuum analyze bench_text");
            System.out.printf(
                    Locale.ROOT,
                    "%n| %,d turns of %d people | indexed in | on disk | p50 | p95 | processor time |%n| --- | --- | --- | --- | --- | --- |%n",
                    (long) users * turns,
                    users);
            List<String> questions = Stream.generate(this::question).limit(400).toList();
            List<Double> times = new ArrayList<>();
            long backend = number("select pg_backend_pid()");
            double before = 0;
            for (int i = -100; i < questions.size(); i++) {
                if (i == 0) {
                    before = processSeconds(backend);
                    times.clear();
                }
                times.add(timed(people, i, questions, this::askPostgres));
            }
            report("PostgreSQL", inPostgres, number("select pg_total_relation_size('bench_text')"), times,
                    (processSeconds(backend) - before) * 1e3 / questions.size());
            try (DirectoryReader reader = DirectoryReader.open(writer)) {
                IndexSearcher searcher = searcher(reader);
                OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
                long cpu = 0;
                for (int i = -100; i < questions.size(); i++) {
                    if (i == 0) {
                        cpu = system.getProcessCpuTime();
                        times.clear();
                    }
                    times.add(timed(people, i, questions, (owner, question) -> askLucene(searcher, owner, question)));
                }
                report("Lucene", inLucene, size(folder), times, (system.getProcessCpuTime() - cpu) / 1e6 / questions.size());
            }
            forget(writer, folder, people.getFirst());
        }
        delete(folder);
    }

    /// How long one turn that is deleted can be found, and whether its words are gone then.
    private void forget(IndexWriter writer, Path folder, UUID owner) throws IOException {
        String secret = "zanzibarquartz";
        for (int i = 0; i < 100; i++) {
            writer.addDocument(document(owner, "beside " + i, sentence(30)));
        }
        writer.addDocument(document(owner, "secret", secret));
        writer.commit();
        long start = System.nanoTime();
        writer.deleteDocuments(new Term("id", "secret"));
        writer.commit();
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            int hits = askLucene(searcher(reader), owner, secret).size();
            System.out.printf(
                    Locale.ROOT,
                    "%nLucene: a deletion is seen %.0f ms later by who opens the index anew (%d hits); its word is still in %d files%n",
                    (System.nanoTime() - start) / 1e6,
                    hits,
                    filesWith(folder, secret));
        }
    }

    private static long filesWith(Path folder, String word) throws IOException {
        long files = 0;
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files += Files.size(file) < 100_000_000
                                && Files.readString(file, StandardCharsets.ISO_8859_1).contains(word)
                        ? 1
                        : 0;
            }
        }
        return files;
    }

    private interface Ask {
        List<String> of(UUID owner, String question) throws IOException, SQLException;
    }

    private static double timed(List<UUID> people, int i, List<String> questions, Ask ask) throws IOException, SQLException {
        int at = Math.floorMod(i, questions.size());
        long start = System.nanoTime();
        ask.of(people.get(at % people.size()), questions.get(at));
        return (System.nanoTime() - start) / 1e6;
    }

    private static void report(String name, double indexed, long bytes, List<Double> times, double cpu) {
        List<Double> sorted = times.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f s | %.0f MB | %.1f ms | %.1f ms | %.1f ms |%n",
                name,
                indexed,
                bytes / 1e6,
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.95)),
                cpu);
    }

    // PostgreSQL

    private void insert(UUID owner, List<Line> lines) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("""
                insert into bench_text (owner_id, id, tsv)
                select ?, id, to_tsvector('english', dated) from unnest(?, ?) as one (id, dated)
                """)) {
            statement.setObject(1, owner);
            statement.setArray(2, database.createArrayOf("text", lines.stream().map(Line::id).toArray()));
            statement.setArray(3, database.createArrayOf("text", lines.stream().map(Line::dated).toArray()));
            statement.executeUpdate();
        }
    }

    private List<String> askPostgres(UUID owner, String question) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement("""
                select id
                  from bench_text,
                       cast(replace(cast(plainto_tsquery('english', ?) as text), '&', '|') as tsquery) as asked
                 where owner_id = ? and tsv @@ asked
                 order by ts_rank(tsv, asked) desc
                 limit ?
                """)) {
            statement.setString(1, question);
            statement.setObject(2, owner);
            statement.setInt(3, MOST);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private void sql(String statement) throws SQLException {
        try (PreparedStatement prepared = database.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    private long number(String query) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /// On Linux; elsewhere it is not told.
    private static double processSeconds(long pid) throws IOException {
        Path file = Path.of("/proc/" + pid + "/stat");
        if (!Files.isReadable(file)) {
            return Double.NaN;
        }
        String stat = Files.readString(file);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    // Lucene

    private IndexWriterConfig config() {
        return new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity(0.9f, 0.4f));
    }

    private static IndexSearcher searcher(DirectoryReader reader) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity(0.9f, 0.4f));
        searcher.setQueryCache(null);
        return searcher;
    }

    private static Document document(UUID owner, String id, String text) {
        Document document = new Document();
        document.add(new StringField("owner", owner.toString(), Field.Store.NO));
        document.add(new StringField("id", id, Field.Store.NO));
        document.add(new StoredField("name", id));
        document.add(new TextField("text", text, Field.Store.NO));
        return document;
    }

    private List<String> askLucene(IndexSearcher searcher, UUID owner, String question) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(new TermQuery(new Term("owner", owner.toString())), BooleanClause.Occur.FILTER);
        query.setMinimumNumberShouldMatch(1);
        try (TokenStream tokens = analyzer.tokenStream("text", question)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                query.add(new TermQuery(new Term("text", term.toString())), BooleanClause.Occur.SHOULD);
            }
            tokens.end();
        }
        List<String> found = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query.build(), MOST).scoreDocs) {
            found.add(searcher.storedFields().document(hit.doc).get("name"));
        }
        return found;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    // Words as frequent as in a language

    private String question() {
        return "what did i say about " + word() + " " + word() + " and " + word();
    }

    private String sentence(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(word()).append(' ');
        }
        return text.append('.').toString();
    }

    private String word() {
        int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY));
        return "w" + Integer.toString(rank * 7_919, 36);
    }
}
