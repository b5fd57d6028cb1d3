package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ApiTest;
import dev.parley.chats.Transcripts;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
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
    private final OwnRecollections byWords;

    MemoryPropertiesTest(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired RememberJob remember,
            @Autowired Transcripts transcripts,
            @Autowired JdbcClient jdbc,
            @Autowired Blocks blocks,
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
        Embeddings none = new Embeddings(EmbedderSource.none());
        byWords = new OwnRecollections(
                blocks, none, kept, memories, transcripts, summaries, turns, backfill, properties, clock);
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
            List<String> mine = new ArrayList<>();
            for (int j = 0; j < 3; j++) {
                mine.add(word());
                lives.say(person, Duration.ofDays(j), statement(mine.getLast()));
            }
            people.add(person);
            words.add(mine);
        }
        for (int i = 0; i < 1_000; i++) {
            int asking = random.nextInt(people.size());
            int about = random.nextInt(people.size());
            String wanted = words.get(about).get(random.nextInt(3));
            String told = told(people.get(asking), wanted, i % 10 == 0);
            for (int other = 0; other < people.size(); other++) {
                if (other != asking) {
                    assertThat(told).doesNotContain(words.get(other));
                }
            }
        }
        // Were rows somebody else's, it would show.
        for (String table : List.of("memory", "memory_turn")) {
            jdbc.sql("update " + table + " set owner_id = :other where owner_id = :owner")
                    .param("other", people.get(1).value())
                    .param("owner", people.get(0).value())
                    .update();
        }
        jdbc.sql("update memory_owner set epoch = epoch + 1 where owner_id = :owner")
                .param("owner", people.get(1).value())
                .update();
        assertThat(words.get(0))
                .anyMatch(word -> told(people.get(1), word, true).contains(word));
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
