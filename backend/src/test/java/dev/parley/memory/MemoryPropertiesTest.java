package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.ApiTest;
import dev.parley.chats.Message.Recalled;
import dev.parley.chats.Transcripts;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.settings.RunningSettings;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What must hold whatever people say, tried with what chance makes them say.
@ApiTest
class MemoryPropertiesTest {
    private static final Filter ACTIVE = new Filter(Status.ACTIVE, null, null);
    private static final List<String> FORMS = List.of(
            "My dog is called %s.",
            "I live in %s.",
            "I moved to %s.",
            "My boss is %s.",
            "I prefer %s to tea.",
            "Remember that the code word is %s.",
            "My favourite colour is %s.",
            "I work at %s.",
            "The %s is in the cellar.");

    private final Random random = new Random(7);
    private final Lives lives;
    private final OwnMemories own;
    private final RememberJob remember;
    private final Transcripts transcripts;
    private final JdbcClient jdbc;
    private final MemoryRepository memories;
    private final TurnRepository turns;
    private final ChatSummaryRepository summaries;
    private final Blocks blocks;
    private final Embeddings embeddings;
    private final Function<Embeddings, OwnRecollections> recollecting;
    private final OwnRecollections byWords;

    MemoryPropertiesTest(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired RememberJob remember,
            @Autowired Transcripts transcripts,
            @Autowired JdbcClient jdbc,
            @Autowired Blocks blocks,
            @Autowired Embeddings embeddings,
            @Autowired KeptElsewhere kept,
            @Autowired MemoryRepository memories,
            @Autowired ChatSummaryRepository summaries,
            @Autowired TurnRepository turns,
            @Autowired BackfillJob backfill,
            @Autowired MemoryProperties properties,
            @Autowired Clock clock) {
        this.lives = lives;
        this.own = own;
        this.remember = remember;
        this.transcripts = transcripts;
        this.jdbc = jdbc;
        this.memories = memories;
        this.turns = turns;
        this.summaries = summaries;
        this.blocks = blocks;
        this.embeddings = embeddings;
        recollecting = meaning -> new OwnRecollections(
                blocks,
                meaning,
                kept,
                memories,
                transcripts,
                summaries,
                turns,
                backfill,
                properties,
                new RunningSettings(),
                clock);
        byWords = recollecting.apply(new Embeddings(EmbedderSource.none()));
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private String statement(String word) {
        return FORMS.get(random.nextInt(FORMS.size())).formatted(word);
    }

    private int rows(UserId person) {
        return jdbc.sql("""
                select (select count(*) from memory where owner_id = :owner)
                     + (select count(*) from memory_event where owner_id = :owner)
                     + (select count(*) from memory_source where owner_id = :owner)
                     + (select count(*) from memory_turn where owner_id = :owner)
                """).param("owner", person.value()).query(Integer.class).single();
    }

    private List<Memory> memories(UserId person) {
        return own.list(person, ACTIVE, new PageRequest(100, null)).items();
    }

    @Test
    void nobodyIsToldWhatOthersSaid() {
        List<UserId> people = new ArrayList<>();
        List<List<String>> words = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            UserId person = lives.somebody();
            List<String> mine = List.of(word(), word(), word(), word(), word());
            lives.say(person, Duration.ofDays(1), "My name is " + mine.get(0) + ".");
            own.add(person, "The lantern is called " + mine.get(1) + ".", Kind.FACT, true);
            for (int j = 2; j < mine.size(); j++) {
                lives.say(person, Duration.ofDays(j), statement(mine.get(j)));
            }
            people.add(person);
            words.add(mine);
        }
        for (int i = 0; i < 1_000; i++) {
            int asking = random.nextInt(people.size());
            int about = random.nextInt(people.size());
            String wanted = words.get(about).get(random.nextInt(5));
            String told = told(people.get(asking), wanted, i % 10 == 0);
            // Whatever is asked, one is told of oneself: it was searched, and nothing failed.
            assertThat(told).contains(words.get(asking).subList(0, 2));
            for (int other = 0; other < people.size(); other++) {
                if (other != asking) {
                    assertThat(told).doesNotContain(words.get(other));
                }
            }
        }
        // Were rows somebody else's, it would show.
        for (String table : List.of("memory", "memory_turn")) {
            String which = table.equals("memory") ? " and slot is null" : "";
            jdbc.sql("update " + table + " set owner_id = :other where owner_id = :owner" + which)
                    .param("other", people.get(1).value())
                    .param("owner", people.get(0).value())
                    .update();
        }
        jdbc.sql("update memory_owner set epoch = epoch + 1 where owner_id = :owner")
                .param("owner", people.get(1).value())
                .update();
        assertThat(told(people.get(1), words.get(0).get(1), true))
                .contains(words.get(0).get(1));
    }

    /// Each question by itself: one that asks for too much may be followed by one that hides it.
    @Test
    void noQueryFindsWhatIsSomebodyElses() {
        UserId ada = lives.somebody();
        UUID chat = lives.chat(ada);
        lives.say(ada, chat, Duration.ofDays(4), "My name is Ada.", "Hello.");
        UUID said = lives.say(ada, chat, Duration.ofDays(3), "I live in Lyon.", "A nice city.");
        own.add(ada, "I live in Oslo.", Kind.FACT, true);
        List<UUID> hers =
                memories.after(ada, null, 100).stream().map(Memory::id).toList();
        UUID past = hers.get(1);
        Recollections.Found found = new Recollections.Found(List.of(), hers, List.of(new Recalled(chat, said, null)));
        UUID used = lives.answer(ada, lives.chat(ada), "Where do I live?", "You live there.", found);
        UserId bob = lives.somebody();
        UUID bobs = lives.chat(bob);
        lives.say(bob, bobs, Duration.ofDays(3), "My name is Bob. I live in Rome.", "A nice city.");
        own.add(bob, "I live in Turin.", Kind.FACT, true);
        List<UUID> messages = new ArrayList<>(transcripts.ofChat(ada, chat, null, 100).stream()
                .map(Transcripts.Text::id)
                .toList());
        messages.add(used);
        assertThat(hers).hasSize(3);

        SoftAssertions only = new SoftAssertions();
        Map<String, Function<UserId, List<String>>> listed = new LinkedHashMap<>();
        listed.put(
                "what changed",
                one -> memories.changes(one, 0, 1_000).stream()
                        .map(MemoryRepository.Indexed::content)
                        .toList());
        listed.put("a list", one -> contents(memories.page(one, ACTIVE, null, 1_000)));
        listed.put("all", one -> contents(memories.after(one, null, 1_000)));
        listed.put("always told", one -> contents(memories.alwaysTold(one, 1_000)));
        listed.put("the profile", one -> contents(memories.profile(one, 1_000)));
        listed.put(
                "a place", one -> contents(memories.inSlot(one, "name").stream().toList()));
        listed.put(
                "turns",
                one -> turns.changes(one, 0, "", 1_000).stream()
                        .map(turn -> turn.turn().id().toString())
                        .toList());
        listed.put(
                "summaries",
                one -> summaries.after(one, null, 1_000).stream()
                        .map(ChatSummary::text)
                        .toList());
        listed.forEach((name, query) -> {
            only.assertThat(query.apply(ada)).as(name).isNotEmpty();
            only.assertThat(query.apply(bob)).as(name).isNotEmpty().doesNotContainAnyElementsOf(query.apply(ada));
        });
        Map<String, Function<UserId, Collection<?>>> named = new LinkedHashMap<>();
        named.put("a memory", one -> memories.find(one, past).stream().toList());
        named.put("memories", one -> memories.find(one, hers).keySet());
        named.put("its place", one -> memories.slot(one, past).stream().toList());
        named.put("its history", one -> memories.history(one, past));
        named.put("its sources", one -> memories.sourcesOf(one, hers));
        named.put("its uses", one -> memories.usesOf(one, hers));
        named.put("what it replaced", one -> memories.supersededBy(one, hers.getLast()));
        named.put(
                "what says the same",
                one -> memories.sameAs(one, "I live in Oslo.").stream().toList());
        named.put(
                "what said the same",
                one -> memories.wasSameAs(one, "I live in Lyon.", Instant.EPOCH).stream()
                        .toList());
        named.put("past sources", one -> memories.pastSources(one, List.of(said)));
        named.put("what is indexed", one -> turns.indexed(one, messages));
        named.put(
                "summaries of chats", one -> summaries.find(one, List.of(chat)).values());
        named.put("texts", one -> transcripts.find(one, messages).values());
        named.put("contents", one -> transcripts.contents(one, messages).values());
        named.put("a chat", one -> transcripts.ofChat(one, chat, null, 100));
        named.put("what was asked", one -> transcripts.asked(one, chat, 3));
        named.put("answers", one -> transcripts.answersTo(one, messages));
        named.put("what was told", one -> transcripts.memoriesIn(one, used));
        named.put("what was recalled", one -> transcripts.recalledIn(one, used));
        named.put("who was told a message", one -> transcripts.toldOf(one, List.of(said)));
        named.put("who was told a memory", one -> transcripts.answersWith(one, hers));
        named.forEach((name, query) -> {
            only.assertThat(query.apply(ada)).as(name).isNotEmpty();
            only.assertThat(query.apply(bob)).as(name).isEmpty();
        });
        own.unfind(ada, List.of(said));
        only.assertThat(memories.forgotten(ada, messages)).as("forgotten").isNotEmpty();
        only.assertThat(memories.forgotten(bob, messages)).as("forgotten").isEmpty();
        only.assertAll();
    }

    private static List<String> contents(List<Memory> memories) {
        return memories.stream().map(Memory::content).toList();
    }

    /// @param meant whether also by meaning, which takes its time
    private String told(UserId person, String about, boolean meant) {
        String question = "What do you know about " + about + "?";
        return meant
                ? lives.told(person, question) + " " + own.search(person, about, ACTIVE, 20)
                : byWords.recall(person, question, Set.of(), 1_000, text -> text.length() / 4 + 1L)
                                .notes() + "";
    }

    @Test
    void whoWaitsForAModelElsewhereHoldsNothingThatOthersNeed() {
        UserId person = lives.somebody();
        lives.say(person, Duration.ofDays(3), "My name is Ada.");
        AtomicInteger looked = new AtomicInteger();
        Embedder looking = new Embedder() {
            @Override
            public String model() {
                return embeddings.model();
            }

            @Override
            public List<byte[]> embed(List<String> texts) {
                blocks.with(person, (_, _) -> looked.incrementAndGet());
                return embeddings.embed(texts);
            }
        };
        EmbedderSource elsewhere = new EmbedderSource() {
            @Override
            public String model() {
                return embeddings.model();
            }

            @Override
            public boolean waits() {
                return true;
            }

            @Override
            public Embedder load() {
                return looking;
            }
        };
        Embeddings asking = new Embeddings(elsewhere, Duration.ofMinutes(10), Duration.ofSeconds(60));
        OwnRecollections recollections = recollecting.apply(asking);
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            boolean told = recollections.recall(person, "Who am I?", Set.of(), 1_000, String::length).notes().stream()
                    .anyMatch(note -> note.line().contains("Ada"));
            return told && looked.get() > 0;
        });
        // Of whom nothing is known nobody is asked.
        int before = looked.get();
        assertThat(recollections
                        .recall(lives.somebody(), "Who am I?", Set.of(), 1_000, String::length)
                        .notes())
                .isEmpty();
        assertThat(looked).hasValue(before);
        recollections.destroy();
        asking.destroy();
    }

    @Test
    void whatIsForgottenIsNotFoundAnywhereAndNotLearnedAgain() {
        UserId person = lives.somebody();
        for (int i = 0; i < 25; i++) {
            String word = word();
            UUID chat = lives.chat(person);
            String statement = "Remember that the code word is " + word + ". My dog is called " + word() + ".";
            UUID said = lives.say(
                    person, chat, Duration.ofDays(i + 1L), statement, "Noted, " + word + " is the code word.");
            Memory memory = own.search(person, word, ACTIVE, 1).getFirst().memory();
            assertThat(memory.content()).contains(word);
            switch (random.nextInt(3)) {
                case 0 -> own.forget(person, memory.id());
                case 1 -> own.forgetAll(person);
                default -> lives.say(person, Duration.ofMinutes(5), "Forget that the code word is " + word + ".");
            }
            UUID answer = transcripts.ofChat(person, chat, said, 1).getFirst().id();
            remember.run(person + "/" + answer);
            lives.regenerate(person, chat, said, "So the code word is " + word + ", noted.");
            lives.settle(person);
            String found = lives.told(person, "What is the code word " + word + "?") + " "
                    + own.search(person, word, ACTIVE, 20)
                    + own.search(person, word, new Filter(Status.SUPERSEDED, null, null), 20);
            assertThat(found).doesNotContain(word);
            assertThat(jdbc.sql("""
                            select count(*) from memory m left join memory_event e on e.memory_id = m.id
                             where m.owner_id = :owner and concat(m.content, e.old, e.new) like '%' || :word || '%'
                            """)
                            .param("owner", person.value())
                            .param("word", word)
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void sayingTheSameAgainAddsNothing() {
        UserId person = lives.somebody();
        UUID chat = lives.chat(person);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            said.add(statement(word()));
            lives.say(person, chat, Duration.ofDays(20L - i), said.getLast(), "I see.");
        }
        lives.settle(person);
        int before = rows(person);
        assertThat(memories(person))
                .isNotEmpty()
                .allSatisfy(memory -> assertThat(memory.sources()).isNotEmpty());
        List<UUID> answers = transcripts.ofChat(person, chat, null, 100).stream()
                .filter(text -> text.parentId() != null)
                .map(Transcripts.Text::id)
                .toList();
        for (int i = 0; i < 100; i++) {
            remember.run(person + "/" + answers.get(random.nextInt(answers.size())));
        }
        assertThat(rows(person)).isEqualTo(before);
        // Were it not known what was said, it would be learned again.
        jdbc.sql("delete from memory where owner_id = :owner")
                .param("owner", person.value())
                .update();
        int without = rows(person);
        answers.forEach(answer -> remember.run(person + "/" + answer));
        assertThat(rows(person)).isGreaterThan(without);
    }

    @Test
    void whatWasRecalledIsNotLearned() {
        UserId person = lives.somebody();
        lives.say(person, Duration.ofDays(9), "My name is Ada and I live in Lyon.");
        lives.say(person, Duration.ofDays(8), "I moved to Oslo. My dog is called Biscuit.");
        lives.settle(person);
        List<Memory> before = memories(person);
        for (int i = 0; i < 20; i++) {
            String notes = String.join("\n", lives.told(person, "Who am I?"));
            lives.say(
                    person,
                    lives.chat(person),
                    Duration.ofHours(i),
                    "What do you know?",
                    "You said: I live in Paris. " + notes);
            lives.say(person, lives.chat(person), Duration.ofHours(i), "You wrote:\n" + notes, "My name is HAL.");
            lives.say(
                    person,
                    Duration.ofHours(i),
                    before.get(random.nextInt(before.size())).content());
        }
        assertThat(memories(person))
                .extracting(Memory::content)
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Memory::content).toList());
        assertThat(jdbc.sql("select count(*) from memory where owner_id = :owner")
                        .param("owner", person.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(before.size() + 1);
        // Nor what was true once, from the notes that an answer was told.
        String notes = lives.told(person, "Where did I live before I moved?").stream()
                .filter(line -> line.contains("Lyon"))
                .findFirst()
                .orElseThrow();
        lives.say(person, lives.chat(person), Duration.ofMinutes(1), "You wrote:\n" + notes, "Yes.");
        assertThat(memories(person)).extracting(Memory::content).doesNotContain("I live in Lyon.");
        // From the person's own mouth it is news.
        lives.say(person, Duration.ZERO, "My name is HAL. I live in Paris.");
        assertThat(memories(person)).extracting(Memory::content).contains("My name is HAL.", "I live in Paris.");
    }

    @Test
    void nearDuplicatesAreOneAndOtherNumbersAreNot() {
        UserId person = lives.somebody();
        own.add(person, "I have two cats at home.", Kind.FACT, false);
        lives.settle(person);
        lives.say(person, Duration.ofDays(2), "Remember that at home I have two cats.");
        assertThat(memories(person)).hasSize(1);
        lives.say(person, Duration.ofDays(1), "Remember that at home I have three cats.");
        assertThat(memories(person)).hasSize(2);
    }
}
