package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ApiTest;
import dev.parley.chats.Transcripts;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Origin;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.memory.MemoryStore.Edit;
import dev.parley.shared.CommonError;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What becomes of memories of which only one can be true.
@ApiTest
class ContradictionsTest {
    private final Lives lives;
    private final OwnMemories own;
    private final Blocks blocks;
    private final TurnRepository turns;
    private final CopyRepository copies;
    private final Embeddings embeddings;
    private final Transcripts transcripts;
    private final Index index;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final UserId person;

    ContradictionsTest(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired Blocks blocks,
            @Autowired TurnRepository turns,
            @Autowired CopyRepository copies,
            @Autowired Embeddings embeddings,
            @Autowired Transcripts transcripts,
            @Autowired Index index,
            @Autowired TransactionTemplate transaction,
            @Autowired JdbcClient jdbc) {
        this.lives = lives;
        this.own = own;
        this.blocks = blocks;
        this.turns = turns;
        this.copies = copies;
        this.embeddings = embeddings;
        this.transcripts = transcripts;
        this.index = index;
        this.transaction = transaction;
        this.jdbc = jdbc;
        person = lives.somebody();
    }

    private OwnMemories with(MemoryRepository memories, Embeddings meaning) {
        return new OwnMemories(
                memories, turns, copies, blocks, meaning, transcripts, index, transaction, Clock.systemUTC());
    }

    private List<String> contents(Status status) {
        return own.list(person, new Filter(status, null, null), new PageRequest(100, null)).items().stream()
                .map(Memory::content)
                .toList();
    }

    private UUID add(String content) {
        return own.add(person, content, Kind.FACT, false).id();
    }

    private Learned said(String content) {
        UUID chat = lives.chat(person);
        UUID message = lives.say(person, chat, Duration.ZERO, "What I say.", "I see.");
        return new Learned(
                content,
                Kind.PREFERENCE,
                null,
                Origin.AUTOMATIC,
                Learned.CONVERSATION,
                Clock.systemUTC().instant(),
                0.5,
                0.8,
                false,
                List.of(new Memory.Source(chat, message)));
    }

    @Test
    void whatIsReplacedByWhatIsKnownIsPast() {
        UUID tea = add("I prefer tea.");
        UUID coffee = add("I prefer coffee.");
        assertThat(own.replace(person, coffee, said("I prefer tea."), false)).isPresent();
        assertThat(contents(Status.ACTIVE)).containsExactly("I prefer tea.");
        assertThat(own.get(person, coffee).supersededBy()).isEqualTo(tea);
        assertThat(own.replace(person, coffee, said("I prefer tea."), false)).isEmpty();
    }

    @Test
    void whatWaitsTakesTheOldOnesPlaceWhenItIsAccepted() {
        UUID coffee = add("I prefer coffee.");
        UUID tea = own.replace(person, coffee, said("Tea is my drink now."), true)
                .orElseThrow()
                .id();
        assertThat(contents(Status.ACTIVE)).containsExactly("I prefer coffee.");
        own.edit(person, tea, new Edit(null, null, null, Status.ACTIVE));
        assertThat(contents(Status.ACTIVE)).containsExactly("Tea is my drink now.");
        assertThat(own.get(person, coffee).supersededBy()).isEqualTo(tea);
    }

    @Test
    void aPastMemoryThatIsTrueAgainCannotBeDecidedAnew() {
        UUID past = add("I live in Oslo.");
        add("I live in Berlin.");
        add("I live in Oslo.");
        for (Status status : List.of(Status.REJECTED, Status.ACTIVE)) {
            assertThatThrownBy(() -> own.edit(person, past, new Edit(null, null, null, status)))
                    .isInstanceOfSatisfying(
                            ParleyException.class, e -> assertThat(e.code()).isEqualTo(CommonError.CONFLICT));
        }
        assertThat(contents(Status.ACTIVE)).containsExactly("I live in Oslo.");
    }

    @Test
    void whatIsForgottenIsInNoHistoryOfWhatItReplaced() {
        UUID lyon = add("I live in Lyon.");
        UUID oslo = add("I live in Oslo.");
        assertThat(own.history(person, lyon)).extracting(Memory.Change::now).contains("I live in Oslo.");
        // True again, it does not name its successor any more.
        own.edit(person, lyon, new Edit(null, null, null, Status.ACTIVE));
        UUID bergen = add("I live in Bergen.");
        own.forget(person, oslo);
        own.forget(person, bergen);
        assertThat(own.history(person, lyon).toString())
                .contains("Lyon")
                .doesNotContain("Oslo")
                .doesNotContain("Bergen");
    }

    @Test
    void whatWasSettledIsNoNewsWhenItIsReadAnew() {
        lives.say(person, Duration.ofDays(9), "Remember that I have two cats at home.");
        lives.settle(person);
        UUID chat = lives.chat(person);
        UUID said = lives.say(person, chat, Duration.ofDays(5), "Remember that at home I have two cats.", "I see.");
        Memory cats = own.search(person, "cats", new Filter(Status.ACTIVE, null, null), 5)
                .getFirst()
                .memory();
        assertThat(cats.sources()).hasSize(2);
        assertThat(own.retract(person, cats.id(), said("The cats are gone."))).isTrue();
        lives.settle(person);
        lives.regenerate(person, chat, said, "I see, two of them.");
        assertThat(contents(Status.ACTIVE)).isEmpty();
        lives.say(person, Duration.ofDays(7), "Remember that at home I have two cats.");
        assertThat(contents(Status.ACTIVE)).isEmpty();
        assertThat(own.get(person, cats.id()).sources()).hasSize(3);
        // Said after that, it is true again.
        lives.say(person, Duration.ZERO, "Remember that at home I have two cats.");
        assertThat(contents(Status.ACTIVE)).containsExactly("At home I have two cats.");
    }

    @Test
    void aCorrectedMemoryIsAboutWhatItSaysNow() {
        UUID corrected = add("I live in Oslo.");
        own.edit(person, corrected, new Edit("My dog is Rex.", null, null, null));
        add("I live in Bergen.");
        assertThat(contents(Status.ACTIVE)).containsExactlyInAnyOrder("My dog is Rex.", "I live in Bergen.");
        own.edit(person, corrected, new Edit("I live in Trondheim.", null, null, null));
        assertThat(contents(Status.ACTIVE)).containsExactly("I live in Trondheim.");
        assertThat(contents(Status.SUPERSEDED)).containsExactly("I live in Bergen.");
    }

    @Test
    void withoutItsMeaningAThingIsLearnedAllTheSame() {
        Embeddings broken = new Embeddings(new EmbedderSource() {
            @Override
            public String model() {
                return embeddings.model();
            }

            @Override
            public Embedder load() {
                throw new IllegalStateException("There is no room for it.");
            }
        });
        assertThat(with(new MemoryRepository(jdbc), broken).learn(person, said("I prefer tea."), false))
                .isPresent();
        broken.destroy();
        lives.settle(person);
        assertThat(own.search(person, "tea", new Filter(Status.ACTIVE, null, null), 1))
                .singleElement()
                .satisfies(found -> assertThat(found.score()).isGreaterThan(0.3));
    }

    @Test
    void whatIsBroughtAlongWaitsForNoModel() {
        Embeddings broken = new Embeddings(new EmbedderSource() {
            @Override
            public String model() {
                return embeddings.model();
            }

            @Override
            public Embedder load() {
                throw new AssertionError("Nobody is to wait for it.");
            }
        });
        List<Learned> brought = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            brought.add(Learned.byHand("Lantern number " + i + " is blue.", Kind.FACT, null, false, Instant.now()));
        }
        OwnMemories store = with(new MemoryRepository(jdbc), broken);
        assertThat(store.take(person, brought)).isEqualTo(120);
        assertThat(store.take(person, brought)).isZero();
        broken.destroy();
        lives.settle(person);
        assertThat(jdbc.sql("select count(*) from memory where owner_id = :owner and vector is not null")
                        .param("owner", person.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(120);
    }

    @Test
    void whatIsUndoneLeavesWhatItTookThePlaceOf() {
        UUID lyon = add("I live in Lyon.");
        UUID chat = lives.chat(person);
        lives.say(person, chat, Duration.ZERO, "I moved to Oslo.", "A nice city.");
        UUID oslo = own.get(person, lyon).supersededBy();
        own.undo(person, Objects.requireNonNull(oslo));
        assertThat(contents(Status.ACTIVE)).containsExactly("I live in Lyon.");
        Memory again = own.get(person, lyon);
        assertThat(again.validTo()).isNull();
        assertThat(again.supersededBy()).isNull();
        assertThat(own.history(person, lyon).toString()).doesNotContain("Oslo");

        // Where something else took its place meanwhile, nothing comes back.
        UUID away = own.replace(person, lyon, said("I moved away."), false)
                .orElseThrow()
                .id();
        UUID bergen = add("I live in Bergen.");
        own.undo(person, away);
        assertThat(contents(Status.ACTIVE)).containsExactly("I live in Bergen.");
        add("I live in Turku.");
        own.undo(person, bergen);
        assertThat(contents(Status.ACTIVE)).containsExactly("I live in Turku.");
    }

    @Test
    void whatWasForgottenIsNotLearnedByAJobThatReadItBefore() {
        Learned learned = said("I prefer tea.");
        own.unfind(person, List.of(learned.sources().getFirst().messageId()));
        assertThat(own.learn(person, learned, false)).isEmpty();
        assertThat(contents(Status.ACTIVE)).isEmpty();
    }

    @Test
    void aSearchReadsNoMoreThanItNeeds() {
        List<Integer> read = new ArrayList<>();
        MemoryRepository counting = new MemoryRepository(jdbc) {
            @Override
            Map<UUID, Memory> find(UserId owner, Collection<UUID> ids) {
                read.add(ids.size());
                return super.find(owner, ids);
            }
        };
        for (int i = 0; i < 12; i++) {
            UUID added = add("Plant number " + i + " stands in the garden.");
            if (i % 3 > 0) {
                own.edit(person, added, new Edit(null, null, null, Status.REJECTED));
            }
        }
        OwnMemories store = with(counting, embeddings);
        assertThat(store.search(person, "garden plant", new Filter(Status.ACTIVE, null, null), 2))
                .hasSize(2)
                .allSatisfy(found -> assertThat(found.memory().status()).isEqualTo(Status.ACTIVE));
        assertThat(read).allMatch(size -> size <= 4);
        assertThat(store.search(person, "garden plant", new Filter(Status.ACTIVE, null, null), 20))
                .hasSize(4);
    }
}
