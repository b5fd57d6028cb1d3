package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.ApiTest;
import dev.parley.chats.Transcripts;
import dev.parley.jobs.Jobs;
import dev.parley.models.EmbeddingServer;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Directions from a provider, and the change from one model to another.
@ApiTest
class ProviderEmbedderTest {
    private static final String FIRST = "here/first";
    private static final String SECOND = "here/second";

    private final EmbeddingServer server = new EmbeddingServer();
    private final Jobs jobs;
    private final Lives lives;
    private final Transcripts transcripts;
    private final TurnRepository turns;
    private final MemoryRepository memories;
    private final PackJob packing;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;

    ProviderEmbedderTest(
            @Autowired Jobs jobs,
            @Autowired Lives lives,
            @Autowired Transcripts transcripts,
            @Autowired TurnRepository turns,
            @Autowired MemoryRepository memories,
            @Autowired PackJob packing,
            @Autowired TransactionTemplate transaction,
            @Autowired JdbcClient jdbc) {
        this.jobs = jobs;
        this.lives = lives;
        this.transcripts = transcripts;
        this.turns = turns;
        this.memories = memories;
        this.packing = packing;
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// As a server has it that was just started with this model.
    private Embeddings started(String model) {
        return new Embeddings(ProviderEmbedder.source(server.models(), model));
    }

    private void embed(UserId owner, Embeddings embeddings) {
        new EmbedJob(jobs, embeddings, transcripts, turns, memories, packing, transaction).embed(owner);
    }

    private Map<String, Integer> models(UserId owner) {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql(
                        "select coalesce(vector_model, '') as model, count(*) as count from memory_turn where owner_id = :owner"
                                + " group by 1")
                .param("owner", owner.value())
                .query((row, _) -> counts.put(row.getString("model"), row.getInt("count")))
                .list();
        return counts;
    }

    /// Of whom no job of the running server knows: it would give them directions of its own model.
    private UserId somebody(int said) {
        UserId person = lives.somebody();
        UUID chat = lives.chat(person);
        jdbc.sql("""
                with said as (
                    insert into message (id, chat_id, owner_id, role, content, status, created_at)
                    select uuidv7(), :chat, :owner, 'user', 'Sentence ' || n || ' speaks of lantern ' || n, 'complete', now()
                      from generate_series(1, :said) as n
                    returning id, chat_id, owner_id
                )
                insert into memory_turn (message_id, owner_id, chat_id, speaker, said_at, terms, asks, timed, seq)
                select id, owner_id, chat_id, 0, now(), '', false, false, nextval('memory_seq') from said
                """)
                .param("chat", chat)
                .param("owner", person.value())
                .param("said", said)
                .update();
        jdbc.sql("update scheduled_tasks set execution_time = now() + interval '1 day'"
                        + " where task_name = 'embed-memory-anew' and not picked")
                .update();
        return person;
    }

    @Test
    void unrelatedTextsAreFarWhateverTheModelHasInCommon() {
        Embedder embedder = ProviderEmbedder.source(server.models(), FIRST).load();
        List<byte[]> found = embedder.embed(List.of(
                "The plumber repaired our boiler yesterday.",
                "Yesterday the boiler was repaired, says the plumber.",
                "Tickets for the opera cost forty euros."));
        assertThat(Vector.cosine(found.get(0), found.get(1))).isGreaterThan(0.5);
        assertThat(Vector.cosine(found.get(0), found.get(2))).isLessThan(0.3);
    }

    @Test
    void anotherModelsDirectionsAreReplacedPartByPartAndNeverCompared() {
        UserId person = somebody(80);
        embed(person, started(FIRST));
        assertThat(models(person)).containsExactly(Map.entry(FIRST, 80));

        Embeddings second = started(SECOND);
        server.requests().clear();
        server.breaksAfter(3); // the first asks what all texts have in common
        assertThatThrownBy(() -> embed(person, second)).isInstanceOf(ParleyException.class);
        assertThat(models(person)).containsOnly(Map.entry(FIRST, 48), Map.entry(SECOND, 32));
        assertThat(memories.embeddedOtherwise(SECOND, null, 10_000)).contains(person);
        List<List<String>> done = List.copyOf(server.requests().subList(1, 3));

        // Between the two, each is compared with its own kind alone.
        Block mixed = new Block(SECOND);
        turns.changes(person, 0, SECOND, 1_000).forEach(one -> mixed.add(one.turn()));
        byte[] direction = new byte[96];
        Arrays.fill(direction, (byte) 3);
        long comparable = Arrays.stream(mixed.cosines(direction))
                .filter(cosine -> cosine != 0)
                .count();
        assertThat(comparable).isEqualTo(32);

        server.requests().clear();
        server.breaksAfter(Integer.MAX_VALUE);
        embed(person, started(SECOND));
        assertThat(models(person)).containsExactly(Map.entry(SECOND, 80));
        assertThat(memories.embeddedOtherwise(SECOND, null, 10_000)).doesNotContain(person);
        assertThat(server.requests().stream().skip(1).mapToInt(List::size).sum())
                .isEqualTo(48);
        assertThat(server.requests()).doesNotContainAnyElementsOf(done);
    }

    @Test
    void aProviderThatRefusesIsLeftAloneAndWordsDecide() {
        server.refuses(401);
        Embeddings refused = started(FIRST);
        assertThatThrownBy(() -> refused.embed(List.of("Anything")))
                .isInstanceOf(ParleyException.class)
                .hasMessageNotContaining("sk-test");
        assertThat(refused.ifAtHand(List.of("Anything"))).isEmpty();
        server.refuses(0);
        assertThatThrownBy(() -> refused.embed(List.of("Anything"))).isInstanceOf(ParleyException.class);
        assertThat(server.requests()).isEmpty();
    }

    private long withoutDirection(String table, UserId owner) {
        return jdbc.sql("select count(*) from " + table
                        + " where owner_id = :owner and vector is null and vector_model = :model")
                .param("owner", owner.value())
                .param("model", FIRST)
                .query(Long.class)
                .single();
    }

    @Test
    void aTextThatTheModelDoesNotTakeKeepsNoOtherFromIt() {
        UserId person = somebody(20);
        List<UUID> turns = jdbc.sql("select message_id from memory_turn where owner_id = :owner order by message_id")
                .param("owner", person.value())
                .query(MemoryRepository::id)
                .list();
        for (String content : List.of("lantern ".repeat(120), "unreadable")) {
            jdbc.sql("update message set content = :content where id = :id")
                    .param("content", content)
                    .param("id", turns.removeLast())
                    .update();
        }
        for (String content : List.of("The gate is unreadable.", "The gate is blue.")) {
            memories.hold(person);
            Learned learned = Learned.byHand(content, Memory.Kind.FACT, null, false, Instant.now());
            memories.insert(person, Ids.next(), learned, Memory.Status.ACTIVE, Instant.now());
        }
        server.cannotRead(text -> text.length() > 500 || text.contains("unreadable"));
        Embeddings embeddings = started(FIRST);
        embed(person, embeddings);
        assertThat(models(person)).containsExactly(Map.entry(FIRST, 20));
        assertThat(withoutDirection("memory_turn", person)).isEqualTo(1);
        assertThat(withoutDirection("memory", person)).isEqualTo(1);
        assertThat(memories.embeddedOtherwise(FIRST, null, 10_000)).doesNotContain(person);

        // Where it takes nothing at all, the texts are not to blame.
        server.cannotRead(_ -> true);
        UserId other = somebody(3);
        assertThatThrownBy(() -> embed(other, embeddings)).isInstanceOf(ParleyException.class);
        assertThat(withoutDirection("memory_turn", other)).isZero();
    }

    @Test
    void aTextIsNotCutWithinACharacter() {
        String text = "a".repeat(1_799) + "\uD83D\uDE00 and so on";
        ProviderEmbedder.source(server.models(), FIRST).load().embed(List.of(text));
        assertThat(server.requests().getLast()).containsExactly("a".repeat(1_799));
    }

    /// Of a model that says nothing, until it is told to.
    private static final class Silent implements Embedder {
        final AtomicInteger asked = new AtomicInteger();
        final CountDownLatch silence = new CountDownLatch(1);

        @Override
        public String model() {
            return FIRST;
        }

        @Override
        public List<byte[]> embed(List<String> texts) {
            asked.incrementAndGet();
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return texts.stream().map(_ -> new byte[] {1, 2, 3}).toList();
        }
    }

    @Test
    void aModelThatIsSlowIsLeftAloneForAWhile() {
        Silent silent = new Silent();
        Embeddings embeddings = new Embeddings(
                new EmbedderSource() {
                    @Override
                    public String model() {
                        return FIRST;
                    }

                    @Override
                    public boolean waits() {
                        return true;
                    }

                    @Override
                    public Embedder load() {
                        return silent;
                    }
                },
                Duration.ofMinutes(10),
                Duration.ofMillis(300));
        embeddings.prepare();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            embeddings.ifAtHand(List.of("A question"));
            return silent.asked.get() == 1;
        });
        silent.silence.countDown();
        assertThat(embeddings.ifAtHand(List.of("A question"))).isEmpty();
        assertThat(silent.asked).hasValue(1);
        assertThat(embeddings.embed(List.of("In the background"))).hasSize(1);
    }

    /// An [EmbedJob] that fails for some people.
    private final class Failing extends EmbedJob {
        final List<UserId> tried = new ArrayList<>();
        final Set<UserId> failing = new HashSet<>();

        Failing(Embeddings embeddings) {
            super(jobs, embeddings, transcripts, turns, memories, packing, transaction);
        }

        @Override
        void embed(UserId owner) {
            tried.add(owner);
            if (failing.contains(owner)) {
                throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "It is away.");
            }
            super.embed(owner);
        }
    }

    @Test
    void whoeverTheModelDoesNotTakeKeepsNobodyWaitingUnlessItIsAway() {
        List<UserId> people = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            people.add(somebody(2));
        }
        Embeddings embeddings = started(FIRST);
        MemoryRepository ofThese = new MemoryRepository(jdbc) {
            @Override
            List<UserId> embeddedOtherwise(String model, @Nullable UUID last, int most) {
                return super.embeddedOtherwise(model, last, 10_000).stream()
                        .filter(people::contains)
                        .limit(most)
                        .toList();
            }
        };
        people.forEach(memories::hold);
        people.sort(Comparator.comparing(UserId::value));
        Failing job = new Failing(embeddings);
        EmbedAnew anew = new EmbedAnew(ofThese, embeddings, job);
        job.failing.addAll(people.subList(1, 4));
        assertThatThrownBy(anew::run).isInstanceOf(ParleyException.class);
        assertThat(job.tried).containsExactlyElementsOf(people.subList(0, 4));

        job.tried.clear();
        job.failing.remove(people.get(2));
        anew.run();
        assertThat(job.tried).containsExactlyElementsOf(people.subList(1, 5));
        job.tried.clear();
        job.failing.clear();
        anew.run();
        assertThat(job.tried).containsExactly(people.get(1), people.get(3));
        people.forEach(person -> assertThat(models(person)).containsExactly(Map.entry(FIRST, 2)));
    }

    @Test
    void anAnswerAsksTheProviderOnceItIsKnown() {
        Embeddings embeddings = started(FIRST);
        embeddings.embed(List.of("Anything"));
        assertThat(embeddings.ifAtHand(List.of("A question", "its topic")))
                .hasValueSatisfying(found -> assertThat(found).hasSize(2));
        server.breaksAfter(0);
        assertThat(embeddings.ifAtHand(List.of("A question", "its topic"))).isEmpty();
    }
}
