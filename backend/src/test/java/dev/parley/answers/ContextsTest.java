package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.Cut.Summary;
import dev.parley.chats.Chat;
import dev.parley.chats.ChatsForTests;
import dev.parley.chats.Conversation.Place;
import dev.parley.chats.Conversation.Said;
import dev.parley.chats.Message;
import dev.parley.database.TestDatabase;
import dev.parley.models.Models.Capabilities;
import dev.parley.models.Models.Model;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.shared.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ContextsTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final TokenCounter COUNTER = new TokenCounter();
    private static final Place CURRENT = new Place.Current();
    private static final int ANSWER = 100;

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final CutRepository cuts = new CutRepository(DATABASE.jdbc());
    private final Contexts contexts = new Contexts(world.conversation, cuts, COUNTER, world.transaction, world.clock);
    private final Chat chat = world.newChat();

    @AfterAll
    static void close() {
        DATABASE.close();
        COUNTER.destroy();
    }

    private static Budget budget(String model, int window) {
        return Budget.of(
                new Model(model, model, "openai", false, new Capabilities(false, false, false), window), "", ANSWER);
    }

    /// The built-in model counts three characters as a token, which makes room easy to see.
    private static Budget simple(int window) {
        return Budget.of(
                new Model("builtin/x", "x", "builtin", false, new Capabilities(false, false, false), window),
                "",
                ANSWER);
    }

    private Context ask(String question, Budget budget) {
        return contexts.of(world.owner, asked(question), budget);
    }

    private Message asked(String question) {
        var asked = world.ask(chat, CURRENT, question, null);
        world.finish(asked.answer().id(), "");
        return asked.question();
    }

    private Message exchange(String question, String answer) {
        return world.exchange(chat, CURRENT, question, answer);
    }

    private static List<String> contents(Context context) {
        return Prompts.turns(context.turns()).stream().map(Turn::content).toList();
    }

    private static String text(int tokens) {
        return "abc".repeat(tokens - Budget.FRAME);
    }

    private int storedCuts() {
        return DATABASE.jdbc()
                .sql("select count(*) from context_cut where chat_id = :chat")
                .param("chat", chat.id())
                .query(Integer.class)
                .single();
    }

    @Test
    void whatFitsIsToldWholeAndNotEvenCounted() {
        exchange("q1", "a1");
        Context context = ask("q2", budget("gpt-4", 8_192));
        assertThat(contents(context)).containsExactly("q1", "a1", "q2");
        assertThat(context.counted()).isFalse();
        assertThat(storedCuts()).isZero();
    }

    @Test
    void whatHasTooManyBytesAndFewEnoughTokensIsToldWhole() {
        exchange("the lighthouse keeper ".repeat(30), "a1");
        Context context = ask("q2", budget("gpt-4", 400));
        assertThat(context.turns()).hasSize(3);
        assertThat(context.counted()).isTrue();
    }

    @Test
    void theOldestGoAndTheCutStays() {
        for (int i = 0; i < 10; i++) {
            exchange(text(50), text(50));
        }
        // 904 tokens of room, 1,050 said: about 540 of the newest stay, from a question on.
        Context first = ask(text(50), simple(1_008));
        assertThat(first.turns()).hasSize(10 + 1 - 2);
        assertThat(first.turns().getLast().role()).isEqualTo(Message.Role.USER);
        Context second = ask(text(50), simple(1_008));
        assertThat(second.cut()).isEqualTo(first.cut());
        assertThat(second.turns().getLast()).isEqualTo(first.turns().getLast());
        assertThat(storedCuts()).isEqualTo(1);
    }

    @Test
    void aLargerWindowReadsPastTheCutsOfSmallerOnesAndASmallerOneHeedsThem() {
        for (int i = 0; i < 10; i++) {
            exchange(text(50), text(50));
        }
        Context small = ask("q", simple(1_008));
        assertThat(ask("q", simple(4_000)).turns()).hasSize(23);
        assertThat(ask("q", simple(900)).cut()).isEqualTo(small.cut());
    }

    @Test
    void branchesShareACutAndAnEditAboveItDoesNot() {
        Message first = exchange(text(50), text(50));
        for (int i = 0; i < 10; i++) {
            exchange(text(50), text(50));
        }
        Context cut = ask("q", simple(1_008));
        UUID leaf = Objects.requireNonNull(cut.turns().get(0).parentId());
        world.exchange(chat, new Place.Below(leaf), "another", "branch");
        assertThat(ask("q", simple(1_008)).cut()).isEqualTo(cut.cut());

        world.exchange(chat, new Place.Below(first.id()), "edited", "elsewhere");
        Context edited = ask("q", simple(1_008));
        assertThat(edited.cut()).isNull();
        assertThat(edited.turns()).hasSize(5);
    }

    @Test
    void aQuestionThatFillsTheWindowIsToldAlone() {
        exchange("q1", "a1");
        assertThat(contents(ask(text(2_000), simple(1_008)))).containsExactly(text(2_000));
        // The answer to it is told with what follows.
        exchange("q3", "a3");
        assertThat(ask("q4", simple(1_008)).turns()).hasSizeLessThan(6);
    }

    @Test
    void aSummaryStandsBeforeTheTurnsAndGoesWithAnyMessageThatItTells() {
        Message first = exchange("q1", "a1");
        Message second = exchange("q2", "a2");
        Cut told = new Cut(second.id(), 1_008, new Summary("They spoke.", second.id(), "a-model"));
        contexts.save(world.owner, chat.id(), told);
        Context context = ask("q3", simple(1_008));
        assertThat(contents(context)).containsExactly("q3");
        assertThat(context.cut()).isEqualTo(told);
        assertThat(simple(1_008).instructions(told.summary())).endsWith("They spoke.");

        UUID doomed = Objects.requireNonNull(second.parentId());
        world.transaction.executeWithoutResult(_ -> world.conversation.delete(
                world.owner,
                world.conversation.lock(world.owner, chat.id()),
                world.conversation.subtree(chat.id(), doomed)));
        assertThat(storedCuts()).isZero();
        assertThat(contents(ask("q4", simple(1_008)))).containsExactly("q1", "a1", "q4");
        contexts.save(world.owner, chat.id(), told);
        assertThat(storedCuts()).as("a place that is gone meanwhile").isZero();
        assertThat(first.content()).isEqualTo("a1");
    }

    @Test
    void aCutThatIsMadeInHasteCarriesTheLastSummaryUntilThereIsABetterOne() {
        Message first = exchange("q1", "a1");
        Summary old = new Summary("They met.", first.id(), "a-model");
        contexts.save(world.owner, chat.id(), new Cut(first.id(), 1_008, old));
        for (int i = 0; i < 10; i++) {
            exchange(text(50), text(50));
        }
        Cut hasty = Objects.requireNonNull(ask("q", simple(1_008)).cut());
        assertThat(hasty.summary()).isEqualTo(old);
        assertThat(hasty.isTold()).isFalse();

        Summary better = new Summary("They met and spoke.", hasty.message(), "a-model");
        contexts.save(world.owner, chat.id(), new Cut(hasty.message(), 500, better));
        contexts.save(world.owner, chat.id(), hasty);
        assertThat(ask("q", simple(1_008)).cut()).isEqualTo(new Cut(hasty.message(), 1_008, better));
    }

    @Test
    void everyModelTakesTheTurns() {
        List<Said> said = Stream.of(
                        said(Message.Role.USER, "one"),
                        said(Message.Role.ASSISTANT, ""),
                        said(Message.Role.USER, "two"),
                        said(Message.Role.ASSISTANT, "half an"),
                        said(Message.Role.USER, "three"))
                .toList()
                .reversed();
        assertThat(Prompts.turns(said))
                .containsExactly(
                        new Turn(Role.USER, "one\n\ntwo"),
                        new Turn(Role.ASSISTANT, "half an"),
                        new Turn(Role.USER, "three"));
    }

    private static Said said(Message.Role role, String content) {
        return new Said(Ids.next(), null, role, content, content.length());
    }

    /// What a provider keeps of the last prompt is of use for the next one, except where a cut was made.
    @ParameterizedTest
    @CsvSource({"gpt-4, 2000, 1", "gpt-4o, 1000, 2", "some-model, 3000, 3"})
    void aPromptContinuesTheOneBefore(String model, int window, long seed) {
        Random random = new Random(seed);
        Budget budget = budget(model, window);
        String before = "[";
        int turns = 150;
        int broken = 0;
        for (int i = 0; i < turns; i++) {
            var asked = world.ask(chat, CURRENT, words(random), null);
            Context context = contexts.of(world.owner, asked.question(), budget);
            assertThat(context.tokens()).isLessThanOrEqualTo(budget.room());
            String body = body(context);
            if (!body.startsWith(open(before))) {
                broken++;
            }
            before = body;
            world.finish(asked.answer().id(), random.nextInt(20) == 0 ? "" : words(random));
        }
        // Each turn has about 60 tokens, counted once or by a third more, and a cut frees four tenths of the room.
        assertThat(broken).isEqualTo(storedCuts()).isBetween(2, (int) (turns * 110 / (budget.room() * 0.35)));
    }

    private static String words(Random random) {
        return IntStream.range(0, 5 + random.nextInt(50))
                .mapToObj(_ -> List.of("the", "keeper", "of", "light", "sails", "Wörter", "日本", "42")
                        .get(random.nextInt(8)))
                .reduce("", (all, word) -> all + " " + word);
    }

    private static String body(Context context) {
        return new JsonMapper().writeValueAsString(Prompts.turns(context.turns()));
    }

    /// Without its last quotation mark, because what follows may go on in the same turn.
    private static String open(String body) {
        return body.substring(0, Math.max(1, body.length() - "\"}]".length()));
    }

    @Test
    void ofALongChatOnlyItsEndIsRead() {
        List<UUID> ids = longChat(5_000);
        Context context = contexts.of(world.owner, question(ids.getLast()), budget("gpt-4", 8_192));
        assertThat(context.tokens()).isLessThanOrEqualTo(8_192 - ANSWER);
        assertThat(context.cut()).isNotNull();
        Contexts.Branch branch = contexts.branch(world.owner, chat.id(), ids.getLast(), budget("gpt-4", 8_192));
        assertThat(branch.said()).isEqualTo(context.turns());
        assertThat(branch.isWhole()).isTrue();

        Contexts.Branch larger = contexts.branch(world.owner, chat.id(), ids.getLast(), budget("gpt-4.1", 1_000_000));
        assertThat(larger.said()).hasSize(1_000);
        assertThat(larger.isWhole()).isFalse();
        Context cut = contexts.of(world.owner, question(ids.getLast()), budget("gpt-4.1", 1_000_000));
        assertThat(cut.turns()).hasSizeBetween(500, 600);
    }

    private Message question(UUID id) {
        return world.conversation.message(world.owner, chat.id(), id);
    }

    /// Questions and answers in turn, a question last.
    private List<UUID> longChat(int messages) {
        List<UUID> ids = Stream.generate(Ids::next).limit(messages + 1).toList();
        List<@Nullable UUID> parents = new ArrayList<>(ids.subList(0, messages));
        parents.addFirst(null);
        DATABASE.jdbc()
                .sql("""
                        insert into message (id, chat_id, owner_id, parent_id, role, content, status, created_at)
                        select m.id, :chat, :owner, m.parent_id,
                               case when m.number % 2 = 1 then 'user' else 'assistant' end,
                               repeat('so many words ', 20), 'complete', now()
                          from unnest(:ids, :parents) with ordinality as m (id, parent_id, number)
                        """)
                .param("chat", chat.id())
                .param("owner", world.owner.value())
                .param("ids", ids.toArray(UUID[]::new))
                .param("parents", parents.toArray(UUID[]::new))
                .update();
        return ids;
    }
}
