package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ApiTest;
import dev.parley.chats.Chats;
import dev.parley.chats.Transcripts;
import dev.parley.jobs.Hopeless;
import dev.parley.jobs.JobsForTests;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.models.Completion;
import dev.parley.models.Models;
import dev.parley.models.Piece;
import dev.parley.models.Prompt;
import dev.parley.models.ProviderException;
import dev.parley.models.Refusals;
import dev.parley.settings.RunningSettings;
import dev.parley.shared.Ids;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import dev.parley.usage.Spending;
import dev.parley.users.Users;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// What a model says is to be learned, and what of it is.
@ApiTest
class ExtractorTest {
    private final ScriptedModel model = new ScriptedModel();
    private final Lives lives;
    private final OwnMemories own;
    private final Chats chats;
    private final JobsForTests jobs;
    private final JdbcClient jdbc;
    private final ChatSummaryRepository told;
    private final LearnJob learn;
    private final UserId person;
    private final UUID chat;

    ExtractorTest(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired Chats chats,
            @Autowired JdbcClient jdbc,
            @Autowired Transcripts transcripts,
            @Autowired Users users,
            @Autowired LearnedRepository learned,
            @Autowired MemoryRepository memories,
            @Autowired ChatSummaries summaries,
            @Autowired ChatSummaryRepository told,
            @Autowired MemoryProperties properties,
            @Autowired Spending spending,
            @Autowired ApplicationEventPublisher events,
            @Autowired JsonMapper json) {
        this.lives = lives;
        this.own = own;
        this.jobs = new JobsForTests(jdbc);
        this.chats = chats;
        Extractor extractor = new Extractor(model, own, spending, json);
        learn = new LearnJob(
                jobs,
                transcripts,
                users,
                model,
                extractor,
                learned,
                memories,
                own,
                summaries,
                properties,
                spending,
                new RunningSettings(),
                events);
        this.told = told;
        this.jdbc = jdbc;
        person = lives.somebody();
        chat = lives.chat(person);
    }

    /// Says what the test wrote, in its order, and keeps what it was asked.
    private static final class ScriptedModel implements Models {
        private static final Model MODEL =
                new Model("scripted", "scripted", "openai", true, new Capabilities(false, false, false), 8_192);

        int refuses;
        Runnable meanwhile = () -> {};
        final Deque<String> answers = new ArrayDeque<>();
        final List<String> asked = new ArrayList<>();

        @Override
        public List<Model> list() {
            return List.of(MODEL);
        }

        @Override
        public Optional<Model> find(String id) {
            return Optional.of(MODEL);
        }

        @Override
        public Model defaultModel() {
            return MODEL;
        }

        @Override
        public Completion open(Prompt prompt) {
            asked.add(prompt.messages().getLast().content());
            meanwhile.run();
            if (refuses > 0) {
                throw Refusals.of(refuses);
            }
            Deque<Piece> pieces = new ArrayDeque<>(List.of(
                    new Piece.Text(answers.remove()),
                    new Piece.End(new Piece.StopReason("stop"), Piece.Usage.UNKNOWN)));
            return new Completion() {
                @Override
                public Piece next() {
                    return pieces.remove();
                }

                @Override
                public boolean ready() {
                    return true;
                }

                @Override
                public void close() {}
            };
        }
    }

    private List<String> contents(Status status) {
        return own.list(person, new Filter(status, null, null), new PageRequest(100, null)).items().stream()
                .map(Memory::content)
                .toList();
    }

    private static String about(String summary) {
        return "{\"operations\": [], \"summary\": \"" + summary + "\"}";
    }

    @Test
    void whatIsForgottenWhileASummaryIsWrittenIsNotInIt() {
        lives.say(person, chat, Duration.ofDays(1), "My boss is Zoltan.", "I see.");
        learnWith(about("Zoltan is the boss."));
        assertThat(told.find(person, chat).orElseThrow().text()).contains("Zoltan");
        lives.say(person, chat, Duration.ZERO, "My garden needs quinces.", "Good.");
        model.meanwhile = () -> own.forgetSaid(person, "my boss is Zoltan", Ids.next());
        learnWith(about("Zoltan is the boss; quinces for the garden."));
        assertThat(told.find(person, chat)).isEmpty();
    }

    @Test
    void aSummaryOfWhatIsForgottenOrDeletedMeanwhileIsNotKept() {
        UUID forgotten = lives.say(person, chat, Duration.ZERO, "My boss likes Zanzibar.", "I see.");
        model.meanwhile = () -> own.unfind(person, List.of(forgotten));
        learnWith(about("Zanzibar."));
        assertThat(told.find(person, chat)).isEmpty();
        UUID deleted = lives.say(person, chat, Duration.ZERO, "My boss likes Madagascar.", "I see.");
        model.meanwhile = () -> jdbc.sql("delete from message where id = :id")
                .param("id", deleted)
                .update();
        learnWith("{\"operations\": [" + add("My boss likes Madagascar.", "My boss likes Madagascar")
                + "], \"summary\": \"Madagascar.\"}");
        assertThat(told.find(person, chat)).isEmpty();
        assertThat(contents(Status.ACTIVE)).isEmpty();
        model.meanwhile = () -> {};
        lives.say(person, chat, Duration.ZERO, "My boss likes Cuba.", "I see.");
        learnWith(about("Cuba."));
        assertThat(told.find(person, chat).orElseThrow().text()).isEqualTo("Cuba.");
    }

    private void learnWith(String... answers) {
        model.answers.addAll(List.of(answers));
        learn.run(person + "/" + chat);
    }

    private static String operations(String... operations) {
        return "{\"operations\": [" + String.join(",", operations) + "]}";
    }

    private static String add(String content, String quote) {
        return "{\"op\": \"ADD\", \"content\": \"" + content
                + "\", \"kind\": \"plan\", \"slot\": null, \"message\": 1, \"quote\": \"" + quote + "\"}";
    }

    @Test
    void whatIsQuotedIsLearnedOnceAndTheRestIsNot() {
        UUID said = lives.say(
                person,
                chat,
                Duration.ofDays(1),
                "In spring we will walk the Camino with my cousin Paula.",
                "I live in Paris myself.");
        learnWith("Sure:\n```json\n"
                + operations(
                        add("I will walk the Camino with Paula in spring.", "we will walk the Camino"),
                        add("I live in Paris.", "I live in Paris myself"),
                        add("I was diagnosed with asthma.", "with my cousin Paula"),
                        add("x", "Camino"),
                        "{\"op\": \"REPLACES\", \"id\": 9, \"content\": \"I am nobody.\", \"message\": 1, \"quote\": \"In spring\"}",
                        "{\"op\": \"ERASE\", \"message\": 1, \"quote\": \"In spring\"}")
                + "\n```");
        assertThat(contents(Status.ACTIVE)).containsExactly("I will walk the Camino with Paula in spring.");
        Memory learned = own.list(person, new Filter(Status.ACTIVE, Kind.PLAN, null), new PageRequest(1, null))
                .items()
                .getFirst();
        assertThat(learned.sources()).containsExactly(new Memory.Source(chat, said));
        assertThat(model.asked.getFirst()).contains("Camino").doesNotContain("Paris");
        learn.run(person + "/" + chat);
        assertThat(model.asked).hasSize(1);
    }

    @Test
    void whatIsTrueNoLongerBecomesPast() {
        own.add(person, "I am saving for a sailing boat.", Kind.PLAN, false);
        own.add(person, "I am learning the ukulele.", Kind.FACT, false);
        lives.settle(person);
        lives.say(
                person,
                chat,
                Duration.ZERO,
                "I have bought the sailing boat, and I gave up on learning the ukulele.",
                "Good.");
        model.answers.add("");
        List<String> entries = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            entries.add("{\"op\": \"RETRACTS\", \"id\": " + i
                    + ", \"message\": 1, \"quote\": \"I have bought the sailing boat\"}");
        }
        learnWith(operations(entries.toArray(String[]::new)));
        assertThat(model.asked).hasSize(2);
        assertThat(contents(Status.ACTIVE)).isEmpty();
        assertThat(contents(Status.SUPERSEDED)).hasSize(2);
    }

    @Test
    void aModelThatGivesNothingToReadFailsVisiblyAfterOneRepair() {
        lives.say(person, chat, Duration.ZERO, "My plan is to learn Basque.", "Good.");
        assertThatThrownBy(() -> learnWith("No.", "Still no.")).isInstanceOf(Hopeless.class);
        assertThat(model.asked).hasSize(2);
        learnWith();
        assertThat(model.asked).hasSize(2);
    }

    @Test
    void aLongStretchIsReadFromItsBeginningAndToItsEnd() {
        for (int i = 0; i < 9; i++) {
            lives.say(
                    person, chat, Duration.ofDays(9 - i), "My plan number " + i + ". " + "Word ".repeat(600), "Good.");
        }
        learnWith(operations());
        assertThat(model.asked.getFirst()).contains("My plan number 0.").doesNotContain("My plan number 8.");
        assertThat(jobs.enqueued).containsExactly("learn-from-chat " + person + "/" + chat);
        learnWith(operations());
        for (int i = 0; i < 9; i++) {
            String plan = "My plan number " + i + ".";
            assertThat(model.asked).filteredOn(asked -> asked.contains(plan)).hasSize(1);
        }
        assertThat(jobs.enqueued).hasSize(1);
    }

    @Test
    void aForkIsNotLearnedFromAgain() {
        UUID said = lives.say(person, chat, Duration.ZERO, "My plan is to learn Basque.", "Good.");
        UUID fork = chats.fork(person, chat, said).id();
        learn.run(person + "/" + fork);
        assertThat(model.asked).isEmpty();
    }

    @Test
    void whatAModelRefusesItIsNotAskedAgain() {
        lives.say(person, chat, Duration.ZERO, "My plan is to learn Basque.", "Good.");
        model.refuses = 401;
        assertThatThrownBy(this::learnWith).isInstanceOf(Hopeless.class).hasMessageContaining("API key");
        assertThat(model.asked).hasSize(1);
        for (int later : List.of(429, 503)) {
            model.refuses = later;
            assertThatThrownBy(this::learnWith).isInstanceOf(ProviderException.class);
        }
        model.refuses = 0;
        learnWith(operations(add("I will learn Basque.", "My plan is to learn Basque")));
        assertThat(contents(Status.ACTIVE)).containsExactly("I will learn Basque.");
    }

    @Test
    void aModelSaysWhatTheChatWasAbout() {
        lives.say(person, chat, Duration.ofDays(1), "We talked about my garden: should I plant quinces?", "Yes.");
        assertThat(told.find(person, chat))
                .hasValueSatisfying(summary -> assertThat(summary.byModel()).isFalse());
        learnWith("{\"operations\": [], \"summary\": \"Whether to plant quinces in the garden.\"}");
        lives.say(person, chat, Duration.ZERO, "My quinces are planted now.", "Good.");
        assertThat(told.find(person, chat).orElseThrow().text()).isEqualTo("Whether to plant quinces in the garden.");
        learnWith("{\"operations\": [], \"summary\": \"Quinces for the garden, which are planted now.\"}");
        assertThat(model.asked.getLast()).startsWith("Summary so far: Whether to plant quinces");
        assertThat(told.find(person, chat).orElseThrow().text()).contains("which are planted now");
        lives.say(person, chat, Duration.ZERO, "My diagnosis came.", "I see.");
        learnWith("{\"operations\": [], \"summary\": \"The diagnosis of an illness.\"}");
        assertThat(told.find(person, chat).orElseThrow().text()).contains("which are planted now");
    }

    @Test
    void whereNobodySpeaksOfThemselvesNoModelIsAsked() {
        lives.say(person, chat, Duration.ZERO, "What is the capital of Norway?", "Oslo.");
        learnWith();
        assertThat(model.asked).isEmpty();
    }
}
