package dev.parley.faults;

import dev.parley.Api;
import dev.parley.models.ScriptedProvider.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;

/// What must hold of questions and answers, whatever happened while they were written.
@NullMarked
final class Invariants {
    private static final Set<String> FINAL = Set.of("complete", "stopped", "interrupted", "failed");

    private Invariants() {}

    /// How it went.
    ///
    /// @param complete answers that their model finished
    /// @param anew calls of the provider beyond the first of each question
    /// @param resets that readers were told
    /// @param joins that readers made after their first connection
    record Report(int answers, int complete, int anew, int resets, int joins, List<String> violations) {}

    /// @param readers who are through
    static Report of(TwoNodes cluster, Api api, List<Reader> readers) {
        Map<String, Long> calls = cluster.provider().questions().stream()
                .collect(Collectors.groupingBy(Request::question, Collectors.counting()));
        List<String> violations = new ArrayList<>();
        int complete = 0;
        int anew = 0;
        int resets = 0;
        int joins = 0;
        for (Reader reader : readers) {
            Reader.Read read = reader.result();
            List<String> broken = new ArrayList<>(read.violations());
            long asked = calls.getOrDefault(reader.question(), 0L);
            JsonNode items = api.get("/api/v1/chats/" + reader.chat() + "/messages/")
                    .data()
                    .path("items");
            String status = items.path(1).path("status").asString();
            check(broken, reader.hasEnded(), "its reader was never told the end");
            check(broken, items.size() == 2, "the chat has " + items.size() + " messages");
            check(broken, reader.question().equals(items.path(0).path("content").asString()), "the question is gone");
            check(broken, FINAL.contains(status), "the status is " + status);
            String content = items.path(1).path("content").asString();
            check(broken, content.equals(read.text()), "read: " + read.text() + "\nstored: " + content);
            check(broken, asked <= read.lastEpoch() + 1, asked + " calls, but the epoch " + read.lastEpoch());
            check(
                    broken,
                    read.firstEpoch() == read.lastEpoch() || read.resets() > 0,
                    "another attempt was told without a reset");
            broken.forEach(what -> violations.add(reader.question() + ": " + what));
            complete += status.equals("complete") ? 1 : 0;
            anew += (int) Math.max(0, asked - 1);
            resets += read.resets();
            joins += read.connections() - 1;
        }
        leftovers(cluster, violations);
        return new Report(readers.size(), complete, anew, resets, joins, List.copyOf(violations));
    }

    private static void leftovers(TwoNodes cluster, List<String> violations) {
        Map.of(
                        "answers without an end", "select count(*) from message where status = 'streaming'",
                        "runs", "select count(*) from answer_run",
                        "chunks", "select count(*) from answer_chunk",
                        "questions without an answer",
                                "select count(*) from message m where m.role = 'user'"
                                        + " and not exists (select from message a where a.parent_id = m.id)")
                .forEach((what, sql) -> {
                    int count = cluster.database().sql(sql).query(Integer.class).single();
                    check(violations, count == 0, count + " " + what + " are left");
                });
    }

    private static void check(List<String> violations, boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
