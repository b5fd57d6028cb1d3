package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.MemoryStore.Edit;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Memories that come and go, and what was said before anything was indexed.
@ApiTest
class TakenAlongTest {
    private final Api api;
    private final Lives lives;
    private final OwnMemories own;
    private final BackfillJob backfill;
    private final MemoryCounts counts;
    private final JdbcClient jdbc;

    TakenAlongTest(
            @LocalServerPort int port,
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired BackfillJob backfill,
            @Autowired MemoryCounts counts,
            @Autowired JdbcClient jdbc) {
        this.api = new Api(port);
        this.lives = lives;
        this.own = own;
        this.backfill = backfill;
        this.counts = counts;
        this.jdbc = jdbc;
    }

    private static UserId id(Api person) {
        return new UserId(
                UUID.fromString(person.get("/api/v1/auth/me").data().path("id").asString()));
    }

    private static List<String> contents(Api person, String query) {
        List<String> contents = new ArrayList<>();
        person.get("/api/v1/memories/" + query)
                .data()
                .path("items")
                .forEach(item -> contents.add(item.path("content").asString()));
        return contents;
    }

    private static JsonNode imported(Api person, Object document) {
        Answer answer = person.post("/api/v1/memories/import/", document);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.data();
    }

    @Test
    void anExportHoldsAllMemoriesAndIsReadElsewhereOnce() {
        Api ada = api.as(api.register());
        UserId id = id(ada);
        own.add(id, "I live in Lyon.", Kind.FACT, false);
        own.add(id, "I moved to Oslo.", Kind.FACT, false);
        Memory boat = own.add(id, "I am building a boat.", Kind.PLAN, true);
        own.edit(id, boat.id(), new Edit("I am building a wooden boat.", null, null, null));
        own.edit(
                id,
                own.add(id, "I collect stamps.", Kind.FACT, false).id(),
                new Edit(null, null, null, Memory.Status.REJECTED));
        lives.say(id, Duration.ofDays(2), "The boiler was repaired on Monday.");

        JsonNode export = JsonMapper.shared()
                .readTree(ada.get("/api/v1/users/profile/export/").response().body());
        List<String> exported = new ArrayList<>();
        export.path("memories")
                .forEach(one -> exported.add(one.path("memory").path("content").asString()));
        assertThat(exported).contains("I am building a wooden boat.", "I collect stamps.");
        JsonNode history = export.path("memories")
                .valueStream()
                .filter(one -> one.path("memory").path("content").asString().contains("boat"))
                .findFirst()
                .orElseThrow()
                .path("history");
        assertThat(history.size()).isEqualTo(2);
        assertThat(export.path("chat_summaries").path(0).path("text").asString())
                .contains("boiler");

        Api elsewhere = api.as(api.register());
        JsonNode first = imported(elsewhere, export);
        assertThat(first.path("imported").asInt()).isEqualTo(contents(ada, "").size());
        assertThat(contents(elsewhere, "")).containsExactlyInAnyOrderElementsOf(contents(ada, ""));
        assertThat(contents(elsewhere, "?status=superseded")).isEmpty();
        assertThat(elsewhere
                        .get("/api/v1/memories/?kind=plan")
                        .data()
                        .path("items")
                        .path(0)
                        .path("pinned")
                        .asBoolean())
                .isTrue();
        assertThat(imported(elsewhere, export).path("imported").asInt()).isZero();
    }

    private static Answer written(Api person, Map<String, String> memory) {
        Answer answer = person.post("/api/v1/memories/", memory);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer;
    }

    @Test
    void whatIsWrittenByHandIsOfTheKindThatItSaysOrIs() {
        Api ada = api.as(api.register());
        for (Map.Entry<String, String> one : Map.of(
                        "I prefer short answers.", "preference",
                        "From now on, answer in French.", "instruction",
                        "The gate is blue.", "fact")
                .entrySet()) {
            assertThat(written(ada, Map.of("content", one.getKey()))
                            .data()
                            .path("kind")
                            .asString())
                    .isEqualTo(one.getValue());
        }
        assertThat(written(ada, Map.of("content", "I prefer long answers.", "kind", "plan"))
                        .data()
                        .path("kind")
                        .asString())
                .isEqualTo("plan");
    }

    @Test
    void whatWasLearnedWronglyIsUndone() {
        Api ada = api.as(api.register());
        written(ada, Map.of("content", "I live in Lyon."));
        String oslo = written(ada, Map.of("content", "I live in Oslo."))
                .data()
                .path("id")
                .asString();
        assertThat(contents(ada, "")).containsExactly("I live in Oslo.");
        assertThat(ada.delete("/api/v1/memories/" + oslo + "/?undo=true").status())
                .isEqualTo(200);
        assertThat(contents(ada, "")).containsExactly("I live in Lyon.");
        assertThat(ada.get("/api/v1/memories/" + oslo + "/").status()).isEqualTo(404);
    }

    @Test
    void mem0sListIsReadAndWhatIsNoMemoryIsNot() {
        Api ada = api.as(api.register());
        JsonNode result = imported(
                ada,
                Map.of(
                        "results",
                        List.of(
                                Map.of("memory", "I keep bees.", "created_at", "2026-01-05T10:00:00Z"),
                                Map.of("memory", "I live in Rome.", "created_at", "2025-01-05T10:00:00Z"),
                                Map.of("memory", "I live in Turin.", "created_at", "2026-02-05T10:00:00Z"),
                                Map.of("memory", "   "),
                                Map.of("memory", "x".repeat(2_001)),
                                Map.of("something", "else"))));
        assertThat(result.path("found").asInt()).isEqualTo(3);
        assertThat(contents(ada, "")).containsExactlyInAnyOrder("I keep bees.", "I live in Turin.");
        assertThat(contents(ada, "?status=superseded")).containsExactly("I live in Rome.");
        assertThat(ada.post("/api/v1/memories/import/", List.of()).status()).isEqualTo(422);
    }

    @Test
    void whatWasSaidBeforeIsIndexedOnceAndFromWhereItWasLeft() {
        UserId person = lives.somebody();
        for (int i = 0; i < 15; i++) {
            lives.say(person, Duration.ofDays(i), "The lantern number " + i + " stands in the attic.");
        }
        UUID forgotten = lives.say(person, Duration.ofDays(1), "The spare key of the attic hangs below the mat.");
        own.unfind(person, List.of(forgotten));
        int all = turns(person);
        jdbc.sql("delete from memory_turn where owner_id = :owner and message_id in"
                        + " (select message_id from memory_turn where owner_id = :owner order by message_id limit 20)")
                .param("owner", person.value())
                .update();
        assertThat(turns(person)).isEqualTo(all - 20);
        backfill.run(person.toString());
        assertThat(turns(person)).isEqualTo(all);
        backfill.run(person.toString());
        assertThat(lives.told(person, "Where did I say the key of the attic is?"))
                .noneMatch(line -> line.contains("mat"));

        // It is done: what goes missing later is not looked for again.
        jdbc.sql("delete from memory_turn where owner_id = :owner")
                .param("owner", person.value())
                .update();
        backfill.run(person.toString());
        assertThat(turns(person)).isZero();

        // A run that broke off goes on behind the chats that were done.
        jdbc.sql("""
                update memory_owner
                   set indexed_to = (select id from chat where owner_id = :owner order by id offset 9 limit 1)
                 where owner_id = :owner
                """).param("owner", person.value()).update();
        backfill.run(person.toString());
        assertThat(turns(person)).isEqualTo(2 * 5);
    }

    private int turns(UserId person) {
        return jdbc.sql("select count(*) from memory_turn where owner_id = :owner")
                .param("owner", person.value())
                .query(Integer.class)
                .single();
    }

    @Test
    void anOperatorSeesNumbers() {
        UserId person = lives.somebody();
        own.add(person, "I keep bees.", Kind.FACT, false);
        own.edit(
                person,
                own.add(person, "I keep snakes.", Kind.FACT, false).id(),
                new Edit(null, null, null, Memory.Status.REJECTED));
        assertThat(counts.of(person)).containsExactly(Map.entry("active", 1L), Map.entry("rejected", 1L));
        MemoryCounts.Counts all = counts.all();
        assertThat(all.people()).isPositive();
        assertThat(all.memories()).containsKeys("active", "rejected");
        assertThat(all.toString()).doesNotContain("bees");
    }

    @Test
    void theModelIsLetGoAndComesBack() {
        AtomicInteger loads = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        Embeddings embeddings = new Embeddings(
                new EmbedderSource() {
                    @Override
                    public String model() {
                        return "counted";
                    }

                    @Override
                    public Embedder load() {
                        loads.incrementAndGet();
                        return new Counted(closed);
                    }
                },
                Duration.ofMillis(200),
                Duration.ofMillis(300));
        assertThat(embeddings.embed(List.of("a"))).hasSize(1);
        assertThat(loads).hasValue(1);
        await().atMost(Duration.ofSeconds(60)).until(() -> closed.get() == 1);
        assertThat(embeddings.embed(List.of("b"))).hasSize(1);
        assertThat(loads).hasValue(2);
    }

    private record Counted(AtomicInteger closed) implements Embedder {
        @Override
        public String model() {
            return "counted";
        }

        @Override
        public List<byte[]> embed(List<String> texts) {
            return texts.stream().map(_ -> new byte[] {1, 2, 3}).toList();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @Test
    void withoutTheLibraryWordsDecide() {
        Embeddings embeddings = new Embeddings(new EmbedderSource() {
            @Override
            public String model() {
                return MiniLm.MODEL;
            }

            @Override
            public Embedder load() {
                throw new UnsatisfiedLinkError("no onnxruntime in java.library.path");
            }
        });
        assertThat(embeddings.ifAtHand(List.of("Where is the key?"))).isEmpty();
        assertThat(embeddings.soon(List.of("Where is the key?"), Duration.ofSeconds(30)))
                .isEmpty();
    }
}
