package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.answers.Cut.Summary;
import dev.parley.chats.Chat;
import dev.parley.chats.ChatsForTests;
import dev.parley.chats.Conversation.Place;
import dev.parley.database.TestDatabase;
import dev.parley.memory.MemoryForTests;
import dev.parley.models.Completion;
import dev.parley.models.DefaultsForTests;
import dev.parley.models.ModelError;
import dev.parley.models.Models;
import dev.parley.models.Piece;
import dev.parley.models.Piece.StopReason;
import dev.parley.models.Piece.Usage;
import dev.parley.models.Prompt;
import dev.parley.settings.RunningSettings;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.usage.Spending;
import dev.parley.usage.UsageForTests;
import dev.parley.users.Preferences;
import dev.parley.users.UsersForTests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SummariesTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final TokenCounter COUNTER = new TokenCounter();
    private static final Place CURRENT = new Place.Current();
    private static final String MODEL = "a-model";

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final ScriptedModels models = new ScriptedModels(3_000);
    private final Spending spending = UsageForTests.unlimited(DATABASE, world.clock);
    private final CutRepository cuts = new CutRepository(DATABASE.jdbc());
    private final Contexts contexts = new Contexts(world.conversation, cuts, COUNTER, world.transaction, world.clock);
    private final Prompts prompts = new Prompts(
            contexts,
            models,
            DefaultsForTests.answering(500),
            new ContextProperties(true, ""),
            new RunningSettings(),
            COUNTER,
            new MemoryForTests());
    private final Summaries summaries = new Summaries(
            world.chats,
            world.conversation,
            UsersForTests.users(DATABASE, _ -> {}, world.clock),
            models,
            prompts,
            contexts,
            COUNTER,
            new Summariser(models, COUNTER, spending),
            spending);
    private final Chat chat = world.newChat();

    @AfterAll
    static void close() {
        DATABASE.close();
        COUNTER.destroy();
    }

    /// Answers every question with the next of its texts.
    private static final class ScriptedModels implements Models {
        private final Model model;
        private final Deque<String> answers = new ArrayDeque<>();
        private final List<Prompt> asked = new ArrayList<>();

        ScriptedModels(int window) {
            model = new Model(MODEL, MODEL, "openai", true, new Capabilities(false, false, false), window);
        }

        @Override
        public List<Model> list() {
            return List.of(model);
        }

        @Override
        public Optional<Model> find(String id) {
            return list().stream().filter(known -> known.id().equals(id)).findFirst();
        }

        @Override
        public Model defaultModel() {
            return model;
        }

        @Override
        public Completion open(Prompt prompt) {
            asked.add(prompt);
            String answer = answers.poll();
            if (answer == null) {
                throw new ParleyException(ModelError.AI_PROVIDER_ERROR, "Not today.");
            }
            Deque<Piece> pieces = new ArrayDeque<>();
            pieces.add(new Piece.Reasoning("Hm."));
            pieces.add(new Piece.Text(answer));
            pieces.add(new Piece.End(new StopReason("stop"), Usage.UNKNOWN));
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

    /// Each has about 270 tokens, as this model is counted.
    private void exchanges(int from, int to) {
        for (int i = from; i < to; i++) {
            world.exchange(
                    chat, CURRENT, "question " + i + " the keeper".repeat(45), "answer " + i + " of light".repeat(45));
        }
    }

    private Context next() {
        var asked = world.ask(chat, CURRENT, "And now?", null);
        Budget budget = prompts.budget(MODEL, null, chat, Preferences.DEFAULT);
        Context context = contexts.of(world.owner, asked.question(), budget);
        world.finish(asked.answer().id(), "Well.");
        return context;
    }

    private String request(int index) {
        return models.asked.get(index).messages().getLast().content();
    }

    @Test
    void nothingIsAskedWhileThereIsRoom() {
        summaries.make(world.owner, chat.id());
        exchanges(0, 6);
        summaries.make(world.owner, chat.id());
        assertThat(models.asked).isEmpty();
    }

    @Test
    void oneSummaryRollsIntoTheNext() {
        models.answers.addAll(List.of("They spoke of keepers.", "They spoke of keepers and of light."));
        exchanges(0, 8);
        summaries.make(world.owner, chat.id());
        assertThat(request(0))
                .contains("User: question 0", "Assistant: answer 0")
                .doesNotContain("question 7");
        Context first = next();
        assertThat(Objects.requireNonNull(first.cut()).summary())
                .extracting(Summary::text)
                .isEqualTo("They spoke of keepers.");
        assertThat(first.cut().isTold()).isTrue();

        summaries.make(world.owner, chat.id());
        assertThat(models.asked).as("there is room again").hasSize(1);
        exchanges(8, 13);
        summaries.make(world.owner, chat.id());
        assertThat(request(1)).contains("They spoke of keepers.", "question 7").doesNotContain("question 0");
        assertThat(Objects.requireNonNull(next().cut()).summary())
                .extracting(Summary::text)
                .isEqualTo("They spoke of keepers and of light.");
    }

    @Test
    void aCutThatWasMadeInHasteGetsItsSummaryAfterwards() {
        exchanges(0, 14);
        Cut hasty = Objects.requireNonNull(next().cut());
        assertThat(hasty.summary()).isNull();
        models.answers.add("They spoke.");
        summaries.make(world.owner, chat.id());
        assertThat(Objects.requireNonNull(next().cut()))
                .isEqualTo(new Cut(hasty.message(), 3_000, new Summary("They spoke.", hasty.message(), MODEL)));
        // The model reads at most its window: of what was left out the newest.
        assertThat(request(0)).contains("question 4");
        assertThat(COUNTER.tokens(Counting.ESTIMATE, request(0))).isLessThan(3_000);
    }

    @Test
    void whatFailsLeavesNothingBehind() {
        exchanges(0, 8);
        assertThatThrownBy(() -> summaries.make(world.owner, chat.id())).isInstanceOf(ParleyException.class);
        models.answers.add("  ");
        assertThatThrownBy(() -> summaries.make(world.owner, chat.id())).isInstanceOf(IllegalStateException.class);
        assertThat(next().cut()).isNull();
    }

    @Test
    void aLongPasteIsShortenedAndKeepsNothingElseOut() {
        world.exchange(chat, CURRENT, "begin " + "blah ".repeat(5_000) + " end", "Quite long.");
        exchanges(0, 8);
        models.answers.add("They spoke.");
        summaries.make(world.owner, chat.id());
        assertThat(request(0)).contains("User: begin blah", "blah  end", "[…]", "question 0");
        assertThat(COUNTER.tokens(Counting.ESTIMATE, request(0))).isLessThan(3_000);
    }

    @Test
    void aDeletedChatIsNotSentAnywhere() {
        exchanges(0, 8);
        world.transaction.executeWithoutResult(_ -> world.chats.delete(world.owner, chat.id()));
        assertThatThrownBy(() -> summaries.make(world.owner, chat.id())).isInstanceOf(ParleyException.class);
        assertThat(models.asked).isEmpty();
    }

    @Test
    void instructionsThatLeaveNoRoomAreNoReasonToSummarise() {
        exchanges(0, 8);
        DATABASE.jdbc().sql("""
                        update chat set settings = jsonb_build_object('system_prompt', repeat('be brief and ', 450))
                         where id = :id
                        """).param("id", chat.id()).update();
        summaries.make(world.owner, chat.id());
        assertThat(models.asked).isEmpty();
    }

    /// The end of an answer looks at this number alone.
    @Test
    void aSummaryIsDueWhenFourFifthsOfTheRoomAreFullUnlessNobodyWantsOne() {
        exchanges(0, 6);
        assertThat(untilSummary(true)).isBetween(1L, 600L);
        exchanges(6, 8);
        assertThat(untilSummary(true)).isNegative();
        assertThat(untilSummary(false)).isEqualTo(Long.MAX_VALUE);
    }

    private long untilSummary(boolean wanted) {
        var asked = world.ask(chat, CURRENT, "And now?", null);
        Run run = new Run(asked.answer().id(), world.owner, chat.id(), Ids.next(), 0, new Run.Order(MODEL, null, null));
        Prompts some = new Prompts(
                contexts,
                models,
                DefaultsForTests.answering(500),
                new ContextProperties(wanted, ""),
                new RunningSettings(),
                COUNTER,
                new MemoryForTests());
        long tokens = some.of(run, chat, asked.question(), Preferences.DEFAULT).untilSummary();
        world.finish(asked.answer().id(), "Well.");
        return tokens;
    }
}
