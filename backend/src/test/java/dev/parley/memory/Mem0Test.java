package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.parley.ApiTest;
import dev.parley.SettableClock;
import dev.parley.chats.Transcripts;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.JobsForTests;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.memory.MemoryStore.Edit;
import dev.parley.settings.RunningSettings;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.AccountDeleting;
import dev.parley.users.Users;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApiTest
class Mem0Test {
    private static final Filter ACTIVE = new Filter(Status.ACTIVE, null, null);

    private final Mem0Server server = new Mem0Server();
    private final Lives lives;
    private final OwnMemories own;
    private final Mem0Memories store;
    private final MemoryMigration migration;
    private final Transcripts transcripts;
    private final MemoryRepository memories;
    private final TurnRepository turns;
    private final Index index;
    private final LearnJob learning;
    private final ApplicationEventPublisher events;
    private final Blocks blocks;
    private final ChatSummaryRepository summaries;
    private final ChatSummaries told;
    private final Embeddings embeddings;
    private final BackfillJob backfill;
    private final MemoryProperties properties;
    private final Jobs jobs;
    private final Users users;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final UserId person;

    Mem0Test(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired MemoryRepository memories,
            @Autowired Transcripts transcripts,
            @Autowired TurnRepository turns,
            @Autowired Index index,
            @Autowired LearnJob learning,
            @Autowired ApplicationEventPublisher events,
            @Autowired Blocks blocks,
            @Autowired ChatSummaryRepository summaries,
            @Autowired ChatSummaries told,
            @Autowired Embeddings embeddings,
            @Autowired BackfillJob backfill,
            @Autowired MemoryProperties properties,
            @Autowired Jobs jobs,
            @Autowired Users users,
            @Autowired JdbcClient jdbc,
            @Autowired JsonMapper json) {
        this.lives = lives;
        this.own = own;
        this.transcripts = transcripts;
        this.memories = memories;
        this.turns = turns;
        this.index = index;
        this.learning = learning;
        this.events = events;
        this.blocks = blocks;
        this.summaries = summaries;
        this.told = told;
        this.embeddings = embeddings;
        this.backfill = backfill;
        this.properties = properties;
        this.jobs = jobs;
        this.users = users;
        this.jdbc = jdbc;
        this.json = json;
        store = new Mem0Memories(new Mem0Client(server.url() + "/", Mem0Server.KEY, json), "test_", own);
        migration = new MemoryMigration(store, own, memories);
        person = lives.somebody();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsAddedIsWaitedForAndFound() {
        Memory added = store.add(person, "The gate is blue.", Kind.PREFERENCE, true);
        assertThat(added.content()).isEqualTo("The gate is blue.");
        assertThat(added.kind()).isEqualTo(Kind.PREFERENCE);
        assertThat(added.pinned()).isTrue();
        assertThat(store.get(person, added.id())).isEqualTo(added);
        assertThat(store.search(person, "gate", ACTIVE, 5))
                .singleElement()
                .isEqualTo(new MemoryStore.Found(added, 0.5));
        assertThat(server.calls.getFirst()).isEqualTo("POST /v3/memories/add/");
        assertThat(server.calls.get(1)).startsWith("GET /v1/event/").endsWith("/");
        assertThat(server.calls).contains("POST /v3/memories/search/", "GET /v1/memories/" + added.id() + "/");
    }

    @Test
    void aListIsPaged() {
        for (int i = 0; i < 5; i++) {
            store.add(person, "Fact " + i, Kind.FACT, false);
        }
        Page<Memory> first = store.list(person, ACTIVE, new PageRequest(3, null));
        Page<Memory> second = store.list(person, ACTIVE, new PageRequest(3, first.nextCursor()));
        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2);
        assertThat(second.nextCursor()).isNull();
        assertThat(server.calls).contains("POST /v3/memories/?page=2&page_size=3");
        assertThat(store.list(person, new Filter(Status.PENDING, null, null), new PageRequest(3, null))
                        .items())
                .isEmpty();
    }

    @Test
    void whatIsCorrectedHasAHistory() {
        UUID id = store.add(person, "The gate is blue.", Kind.FACT, false).id();
        Memory edited = store.edit(person, id, new Edit("The gate is red.", null, true, null));
        assertThat(edited.content()).isEqualTo("The gate is red.");
        assertThat(edited.pinned()).isTrue();
        assertThat(store.history(person, id)).extracting(Memory.Change::event).containsExactly("ADD", "UPDATE");
        assertThat(store.history(person, id).getLast().old()).isEqualTo("The gate is blue.");
        assertThat(server.calls).contains("PUT /v1/memories/" + id + "/", "GET /v1/memories/" + id + "/history/");
    }

    @Test
    void whatIsForgottenIsGoneThere() {
        UUID id = store.add(person, "The gate is blue.", Kind.FACT, false).id();
        store.add(person, "The door is green.", Kind.FACT, false);
        store.forget(person, id);
        assertThat(server.calls).contains("DELETE /v1/memories/" + id + "/");
        assertThatThrownBy(() -> store.get(person, id)).isInstanceOf(ParleyException.class);
        store.forgetAll(person);
        assertThat(server.calls).contains("DELETE /v1/memories/?user_id=test_" + person);
        assertThat(server.size()).isZero();
    }

    @Test
    void othersMemoriesDoNotExist() {
        UUID id = store.add(person, "The gate is blue.", Kind.FACT, false).id();
        UserId other = new UserId(Ids.next());
        for (Runnable attempt : List.<Runnable>of(
                () -> store.get(other, id),
                () -> store.forget(other, id),
                () -> store.history(other, id),
                () -> store.edit(other, id, new Edit("x", null, null, null)))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOfSatisfying(
                            ParleyException.class, e -> assertThat(e.code()).isEqualTo(CommonError.NOT_FOUND));
        }
        assertThat(store.search(other, "gate", ACTIVE, 5)).isEmpty();
        assertThat(server.size()).isEqualTo(1);
    }

    private void want(String preferences) {
        jdbc.sql("update account set preferences = cast(:preferences as jsonb) where id = :id")
                .param("preferences", preferences)
                .param("id", person.value())
                .update();
    }

    @Test
    void anExchangeIsToldToTheServiceUnlessItIsToAskFirst() {
        UUID chat = lives.chat(person);
        UUID question = lives.say(person, chat, Duration.ofDays(1), "I moved the piano.", "Well done.");
        UUID answer = transcripts.ofChat(person, chat, question, 1).getFirst().id();
        Mem0Job job = new Mem0Job(store, transcripts, memories, own, users);
        want("{\"memory_ask\": true}");
        job.run(person + "/" + answer);
        assertThat(store.all(person)).isEmpty();
        want("{}");
        job.run(person + "/" + answer);
        Memory learned = store.all(person).getFirst();
        assertThat(learned.content()).isEqualTo("I moved the piano.");
        assertThat(learned.sources()).containsExactly(new Memory.Source(chat, question));
    }

    @Test
    void whatIsForgottenIsNotToldToItAgain() {
        UUID chat = lives.chat(person);
        UUID question = lives.say(person, chat, Duration.ofDays(1), "I moved the piano.", "Well done.");
        UUID answer = transcripts.ofChat(person, chat, question, 1).getFirst().id();
        Mem0Job job = new Mem0Job(store, transcripts, memories, own, users);
        job.run(person + "/" + answer);
        Memory learned = store.all(person).getFirst();
        store.edit(person, learned.id(), new Edit("I moved the organ.", null, null, null));
        job.run(person + "/" + lives.regenerate(person, chat, question, "Well done, with the piano."));
        assertThat(store.all(person)).extracting(Memory::content).containsExactly("I moved the organ.");
    }

    @Test
    void forgettingCanBeAskedForInAChat() {
        store.add(person, "I live in Lyon.", Kind.FACT, false);
        store.add(person, "The gate is blue.", Kind.FACT, false);
        UUID chat = lives.chat(person);
        UUID answer = lives.write(person, chat, "Forget that I live in Lyon.", "It is forgotten.");
        new Mem0Job(store, transcripts, memories, own, users).run(person + "/" + answer);
        assertThat(store.all(person)).extracting(Memory::content).containsExactly("The gate is blue.");
    }

    @Test
    void anAnswerGoesOnNamingWhatItWasTold() {
        UUID used = store.add(person, "I live in Lyon.", Kind.FACT, false).id();
        UUID chat = lives.chat(person);
        UUID answer = lives.write(person, chat, "Where do I live?", "In Lyon.");
        jdbc.sql(
                        "update message set metadata = jsonb_build_object('memories', jsonb_build_array(:used)) where id = :id")
                .param("used", used.toString())
                .param("id", answer)
                .update();
        JobsForTests waiting = new JobsForTests(jdbc);
        new RememberJob(
                        waiting,
                        transcripts,
                        users,
                        memories,
                        turns,
                        index,
                        store,
                        own,
                        learning,
                        told,
                        events,
                        Clock.systemUTC())
                .run(person + "/" + answer);
        assertThat(transcripts.memoriesIn(person, answer)).containsExactly(used);
        assertThat(waiting.enqueued).containsExactly("remember-with-mem0 " + person + "/" + answer);
    }

    @Test
    void whatIsForgottenThereIsTakenOutOfAnswersHere() {
        UUID lyon = store.add(person, "I live in Lyon.", Kind.FACT, false).id();
        UUID dog = store.add(person, "My dog is Rex.", Kind.FACT, false).id();
        UUID answer = lives.write(person, lives.chat(person), "Where do I live?", "In Lyon, with a dog.");
        named(answer, lyon, dog);
        assertThat(turns.indexed(person, List.of(answer))).isNotEmpty();
        store.forget(person, lyon);
        assertThat(turns.indexed(person, List.of(answer))).isEmpty();
        assertThat(transcripts.memoriesIn(person, answer)).containsExactly(dog);
        store.forgetAll(person);
        assertThat(transcripts.memoriesIn(person, answer)).isEmpty();
    }

    /// As an answer names what it was told where memories are kept elsewhere.
    private void named(UUID answer, UUID... used) {
        jdbc.sql("update message set metadata = jsonb_build_object('memories', to_jsonb(:used)) where id = :id")
                .param("used", used)
                .param("id", answer)
                .update();
        index.add(person, transcripts.exchange(person, answer));
    }

    @Test
    void whatIsBroughtAlongIsTakenThereOnce() {
        MemoryImport imports = new MemoryImport(store, Clock.systemUTC());
        JsonNode document = json.readTree("""
                {"memories": [{"memory": {"content": "The gate is blue.", "kind": "preference", "pinned": true},
                               "history": []}, {"content": "The door is green."}]}""");
        assertThat(imports.add(person, document)).isEqualTo(new MemoryImport.Result(2, 2));
        assertThat(imports.add(person, document)).isEqualTo(new MemoryImport.Result(2, 0));
        assertThat(store.all(person))
                .extracting(Memory::content, Memory::kind, Memory::pinned)
                .containsExactlyInAnyOrder(
                        tuple("The gate is blue.", Kind.PREFERENCE, true),
                        tuple("The door is green.", Kind.FACT, false));
        assertThat(own.list(person, ACTIVE, new PageRequest(10, null)).items()).isEmpty();
    }

    @Test
    void whatItKeepsIsExportedBesideOurs() {
        own.add(person, "The gate is blue.", Kind.FACT, false);
        store.add(person, "The door is green.", Kind.FACT, false);
        StringWriter file = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(file)) {
            new ExportedMemories(own, store).write(person, generator);
        }
        List<String> exported = new ArrayList<>();
        for (JsonNode one : json.readTree(file.toString())) {
            exported.add(one.path("memory").path("content").asString() + " "
                    + one.path("history").size());
        }
        assertThat(exported).containsExactly("The gate is blue. 1", "The door is green. 1");
    }

    @Test
    void whoseAccountGoesIsForgottenThere() {
        store.add(person, "The gate is blue.", Kind.FACT, false);
        Mem0Farewell farewell = new Mem0Farewell(jobs, store);
        farewell.enqueue(new AccountDeleting(person));
        assertThat(jdbc.sql("delete from scheduled_tasks where task_name = :job and task_instance = :person")
                        .param("job", farewell.name())
                        .param("person", person.toString())
                        .update())
                .isEqualTo(1);
        users.delete(person);
        farewell.run(person.toString());
        assertThat(server.size()).isZero();
    }

    @Test
    void aServiceThatHangsCostsItsNotesAlone() {
        lives.say(person, Duration.ofDays(1), "The plumber who fixed the boiler was called Marinetti.");
        server.silence = new CountDownLatch(1);
        KeptElsewhere kept = new KeptElsewhere(store, new SettableClock());
        OwnRecollections recollections = new OwnRecollections(
                blocks,
                embeddings,
                kept,
                memories,
                transcripts,
                summaries,
                turns,
                backfill,
                properties,
                new RunningSettings(),
                Clock.systemUTC());
        String question = "What did I tell you about the plumber and the boiler?";
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        recollections.recall(person, question, Set.of(), 1_000, text -> text.length()).notes().stream()
                                .anyMatch(note -> note.line().contains("Marinetti")));
        int asked = server.calls.size();
        recollections.recall(person, question, Set.of(), 1_000, text -> text.length());
        assertThat(server.calls).hasSize(asked);
        server.silence.countDown();
        recollections.destroy();
        kept.destroy();
    }

    @Test
    void itsFailuresAreSaidInASentenceAndWhatItRefusesIsNotTriedAgain() {
        server.status = 503;
        assertThatThrownBy(() -> store.search(person, "gate", ACTIVE, 5))
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(CommonError.SERVICE_UNAVAILABLE));
        UUID chat = lives.chat(person);
        UUID question = lives.say(person, chat, Duration.ofDays(1), "I moved the piano.", "Well done.");
        String subject = person + "/"
                + transcripts.ofChat(person, chat, question, 1).getFirst().id();
        Mem0Job job = new Mem0Job(store, transcripts, memories, own, users);
        assertThatThrownBy(() -> job.run(subject)).isInstanceOf(ParleyException.class);
        server.status = 400;
        job.run(subject);
        server.close();
        assertThatThrownBy(() -> store.search(person, "gate", ACTIVE, 5)).isInstanceOf(ParleyException.class);
    }

    @Test
    void memoriesAreCarriedThereAndBackOnce() {
        lives.say(person, Duration.ofDays(3), "My dog is called Biscuit.");
        own.add(person, "The gate is blue.", Kind.INSTRUCTION, true);
        migration.toMem0(person);
        assertThat(store.all(person))
                .extracting(Memory::content)
                .containsExactlyInAnyOrder("My dog is Biscuit.", "The gate is blue.");
        int there = server.size();
        migration.toMem0(person);
        assertThat(server.size()).isEqualTo(there);
        store.add(person, "The door is green.", Map.of("kind", "fact"));
        own.forgetAll(person);
        migration.fromMem0(person);
        assertThat(own.list(person, ACTIVE, new PageRequest(10, null)).items())
                .extracting(Memory::content)
                .contains("The gate is blue.", "The door is green.");
    }
}
