package dev.parley.chats;

import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/// What the database does for a search, and for the index when a message is written: a part of `./parley bench search`.
/// Asks on its own connection for the plans of the very statement that the server uses.
final class SearchPlans {
    private static final int ROUNDS = 7;
    private static final int WRITES = 300;

    private final JdbcClient jdbc;

    SearchPlans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param arguments the database's JDBC URL, and the files of what is wanted (by email, queries by name) and found
    public static void main(String[] arguments) throws Exception {
        JsonMapper json = new JsonMapper();
        SingleConnectionDataSource source =
                new SingleConnectionDataSource(arguments[0], "parley", System.getenv("PGPASSWORD"), true);
        try {
            SearchPlans plans = new SearchPlans(JdbcClient.create(source));
            var wanted = json.readTree(Path.of(arguments[1]));
            Map<String, Object> found = new LinkedHashMap<>();
            for (var email : wanted.path("emails")) {
                UserId owner = plans.owner(email.asString());
                Map<String, Object> its = new LinkedHashMap<>();
                wanted.path("queries")
                        .properties()
                        .forEach(query -> its.put(
                                query.getKey(),
                                plans.explain(owner, query.getValue().asString())));
                its.put("like", plans.like(owner));
                found.put(email.asString(), its);
            }
            found.put(
                    "writes",
                    plans.writes(plans.owner(wanted.path("emails").get(0).asString())));
            Files.writeString(Path.of(arguments[2]), json.writeValueAsString(found));
        } finally {
            source.destroy();
        }
    }

    private UserId owner(String email) {
        return new UserId(jdbc.sql("select id from account where email_key = :email")
                .param("email", email)
                .query(UUID.class)
                .single());
    }

    /// @param milliseconds in the middle of some rounds
    record Plan(double milliseconds, List<String> lines) {}

    Plan explain(UserId owner, String text) {
        List<Plan> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            List<String> lines = jdbc.sql("explain (analyze, buffers) " + hits())
                    .param("owner", owner.value())
                    .param("archived", false)
                    .param("query", SearchQuery.of(text).tsquery(owner))
                    .query((row, _) -> String.valueOf(row.getString(1)))
                    .list();
            rounds.add(new Plan(executionTime(lines), lines));
        }
        rounds.sort((a, b) -> Double.compare(a.milliseconds(), b.milliseconds()));
        return rounds.get(ROUNDS / 2);
    }

    /// What the function asks that looks words up.
    private String hits() {
        String source = jdbc.sql("select prosrc from pg_proc where proname = 'search_hits'")
                .query(String.class)
                .single();
        return source.split("\\$q\\$", 3)[1]
                .replace("$1", ":owner")
                .replace("$2", ":archived")
                .replace("$3", "cast(:query as tsquery)");
    }

    /// What it would be without an index.
    private Plan like(UserId owner) {
        List<String> lines = jdbc.sql("""
                explain (analyze, buffers)
                select id from message where owner_id = :owner and content ilike '%kettle%' order by id desc limit 21
                """)
                .param("owner", owner.value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
        return new Plan(executionTime(lines), lines);
    }

    private static double executionTime(List<String> lines) {
        String line = lines.stream()
                .filter(one -> one.startsWith("Execution Time: "))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.replaceAll("[^0-9.]", ""));
    }

    /// How long the rows of a message take, and how long its words: in the middle, and one in twenty is slower.
    private Map<String, Double> writes(UserId owner) {
        UUID chat = Ids.next();
        jdbc.sql("""
                insert into chat (id, owner_id, created_at, updated_at, active_at) values (:chat, :owner, now(), now(), now())
                """).param("chat", chat).param("owner", owner.value()).update();
        List<String> contents = jdbc.sql(
                        "select content from message where owner_id = :owner order by id desc limit :most")
                .param("owner", owner.value())
                .param("most", WRITES)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
        List<Double> rows = new ArrayList<>();
        List<Double> words = new ArrayList<>();
        for (String content : contents) {
            UUID id = Ids.next();
            rows.add(milliseconds(() -> jdbc.sql("""
                    insert into message (id, chat_id, owner_id, role, content, status, created_at)
                    values (:id, :chat, :owner, 'user', :content, 'complete', now())
                    """)
                    .param("id", id)
                    .param("chat", chat)
                    .param("owner", owner.value())
                    .param("content", content)
                    .update()));
            words.add(milliseconds(() -> jdbc.sql("""
                    insert into message_search (message_id, owner_id, chat_id, tsv)
                    values (:id, :owner, :chat, cast(:vector as tsvector))
                    """)
                    .param("id", id)
                    .param("chat", chat)
                    .param("owner", owner.value())
                    .param("vector", SearchText.vector(owner, content))
                    .update()));
        }
        jdbc.sql("delete from chat where id = :chat").param("chat", chat).update();
        return Map.of(
                "rowP50",
                at(rows, 0.5),
                "rowP95",
                at(rows, 0.95),
                "wordsP50",
                at(words, 0.5),
                "wordsP95",
                at(words, 0.95));
    }

    private static double milliseconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6;
    }

    private static double at(List<Double> values, double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) (share * (sorted.size() - 1)));
    }
}
