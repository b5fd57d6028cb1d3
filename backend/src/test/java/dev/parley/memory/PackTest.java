package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.ApiTest;
import dev.parley.jobs.Jobs;
import dev.parley.memory.PackRepository.Part;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A block that is read at once is the one that its rows make, and goes when any of them does.
@ApiTest
class PackTest {
    private final Lives lives;
    private final PackRepository packs;
    private final IndexReader reader;
    private final TurnRepository turns;
    private final MemoryRepository memories;
    private final OwnMemories own;
    private final PackJob job;
    private final Embeddings embeddings;
    private final JdbcClient jdbc;
    private final Jobs jobs;
    private final TransactionTemplate transaction;

    PackTest(
            @Autowired Lives lives,
            @Autowired PackRepository packs,
            @Autowired IndexReader reader,
            @Autowired TurnRepository turns,
            @Autowired MemoryRepository memories,
            @Autowired OwnMemories own,
            @Autowired PackJob job,
            @Autowired Embeddings embeddings,
            @Autowired JdbcClient jdbc,
            @Autowired Jobs jobs,
            @Autowired TransactionTemplate transaction) {
        this.jobs = jobs;
        this.transaction = transaction;
        this.lives = lives;
        this.packs = packs;
        this.reader = reader;
        this.turns = turns;
        this.memories = memories;
        this.own = own;
        this.job = job;
        this.embeddings = embeddings;
        this.jdbc = jdbc;
    }

    private long epoch(UserId owner) {
        return turns.state(owner).orElseThrow().epoch();
    }

    private Block rows(UserId owner, Part part) {
        Block block = reader.unread();
        reader.readOn(owner, part, block);
        return block;
    }

    private Block packed(UserId owner, Part part) {
        Block block = reader.packed(owner, part, epoch(owner));
        reader.readOn(owner, part, block);
        return block;
    }

    private void pack(UserId owner) {
        packs.write(owner, Part.TURNS, epoch(owner), rows(owner, Part.TURNS));
        packs.write(owner, Part.MEMORIES, epoch(owner), rows(owner, Part.MEMORIES));
    }

    private long kept(UserId owner) {
        return jdbc.sql("select count(*) from memory_pack where owner_id = :owner")
                .param("owner", owner.value())
                .query(Long.class)
                .single();
    }

    private UserId somebody() {
        UserId person = lives.somebody();
        UUID chat = lives.chat(person);
        for (int i = 0; i < 12; i++) {
            lives.say(
                    person,
                    i % 3 == 0 ? lives.chat(person) : chat,
                    Duration.ofDays(30L - i),
                    "The boiler number " + i + " was repaired, and who did it?",
                    "A plumber from Ghent, on day " + i + ".");
        }
        lives.say(person, chat, Duration.ofDays(3), "My dog is called Biscuit.", "A good name.");
        return person;
    }

    private void assertSame(Block one, Block other) {
        assertThat(one.size()).isEqualTo(other.size());
        assertThat(one.seq()).isEqualTo(other.seq());
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.id(i)).isEqualTo(other.id(i));
            assertThat(one.chat(i)).isEqualTo(other.chat(i));
            assertThat(one.said(i)).isEqualTo(other.said(i));
            assertThat(one.day(i)).isEqualTo(other.day(i));
            assertThat(one.session(i)).isEqualTo(other.session(i));
            assertThat(one.previous(i)).isEqualTo(other.previous(i));
            assertThat(one.next(i)).isEqualTo(other.next(i));
            assertThat(one.speaker(i)).isEqualTo(other.speaker(i));
            assertThat(one.asks(i)).isEqualTo(other.asks(i));
            assertThat(one.timed(i)).isEqualTo(other.timed(i));
        }
        byte[] direction = embeddings.embed(List.of("Who repaired the boiler?")).getFirst();
        assertThat(one.cosines(direction)).isEqualTo(other.cosines(direction));
        for (int term : Terms.of("boiler plumber Ghent Biscuit repaired number 7 nowhere")) {
            Postings.Places mine = one.places(term);
            Postings.Places others = other.places(term);
            assertThat(mine.size).isEqualTo(others.size);
            assertThat(Arrays.copyOf(mine.turns, mine.size)).isEqualTo(Arrays.copyOf(others.turns, others.size));
            assertThat(Arrays.copyOf(mine.counts, mine.size)).isEqualTo(Arrays.copyOf(others.counts, others.size));
        }
    }

    @Test
    void isTheBlockThatItsRowsMake() {
        UserId person = somebody();
        lives.settle(person);
        pack(person);
        assertThat(kept(person)).isEqualTo(2);
        assertSame(packed(person, Part.TURNS), rows(person, Part.TURNS));
        assertSame(packed(person, Part.MEMORIES), rows(person, Part.MEMORIES));

        // What is newer is read beside it, directions of what is packed among it.
        lives.say(person, Duration.ofDays(1), "The boiler broke again, my plumber says.");
        assertSame(packed(person, Part.TURNS), rows(person, Part.TURNS));
        lives.settle(person);
        assertSame(packed(person, Part.TURNS), rows(person, Part.TURNS));
        pack(person);
        assertSame(packed(person, Part.TURNS), rows(person, Part.TURNS));
    }

    @Test
    void directionsThatComeLaterAreTaken() {
        UserId person = somebody();
        pack(person);
        lives.settle(person);
        assertSame(packed(person, Part.TURNS), rows(person, Part.TURNS));
    }

    @Test
    void goesWithWhatIsForgotten() {
        UserId person = somebody();
        lives.settle(person);
        pack(person);
        UUID dog = memories.changes(person, 0, 100).getFirst().id();
        own.forget(person, dog);
        assertThat(kept(person)).isZero();
        assertThat(lives.told(person, "What is my dog called?")).noneMatch(line -> line.contains("Biscuit"));

        pack(person);
        jdbc.sql("delete from chat where owner_id = :owner")
                .param("owner", person.value())
                .update();
        assertThat(kept(person)).isZero();
        assertThat(lives.told(person, "Who repaired the boiler?")).isEmpty();
    }

    @Test
    void anotherModelsPackIsNotRead() {
        UserId person = somebody();
        lives.settle(person);
        pack(person);
        jdbc.sql("update memory_pack set model = 'another' where owner_id = :owner")
                .param("owner", person.value())
                .update();
        assertThat(reader.packed(person, Part.TURNS, epoch(person)).size()).isZero();
        assertThat(packs.unpacked(person, embeddings.model()))
                .isEqualTo(rows(person, Part.TURNS).size()
                        + rows(person, Part.MEMORIES).size());
    }

    private PackJob job(IndexReader reading) {
        return new PackJob(jobs, reading, packs, turns, memories, embeddings, transaction);
    }

    /// More of them than are read without a pack.
    private UserId somebodyTalkative() {
        UserId person = somebody();
        lives.settle(person);
        index(person, PackJob.DUE);
        return person;
    }

    @Test
    void isNotKeptWhenSomethingWasTakenAwayMeanwhile() {
        UserId person = somebodyTalkative();
        UUID dog = memories.changes(person, 0, 100).getFirst().id();
        job(new IndexReader(turns, memories, packs, embeddings) {
                    @Override
                    int readOn(UserId owner, Part part, Block block) {
                        int read = super.readOn(owner, part, block);
                        if (part == Part.MEMORIES) {
                            own.forget(owner, dog);
                        }
                        return read;
                    }
                })
                .run(person.toString());
        assertThat(kept(person)).isZero();
    }

    @Test
    void holdsAllHoweverMuchThereIs() {
        UserId person = somebodyTalkative();
        job(new IndexReader(turns, memories, packs, embeddings, 100)).run(person.toString());
        assertThat(packs.unpacked(person, embeddings.model())).isZero();
        assertSame(packed(person, Part.TURNS), rows(person, Part.TURNS));
    }

    @Test
    void isHeldByItsBytes() {
        UserId person = somebody();
        lives.settle(person);
        int rows = rows(person, Part.TURNS).size() + rows(person, Part.MEMORIES).size();
        Blocks large = new Blocks(turns, reader, job, 8_000 + rows * 600L);
        Blocks small = new Blocks(turns, reader, job, 8_000 + rows * 400L);
        for (Blocks blocks : List.of(large, small)) {
            blocks.with(person, (said, known) -> said.size() + known.size());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> !small.isHeld(person));
        assertThat(large.isHeld(person)).isTrue();
    }

    @Test
    void isMadeWhenThereIsMuchToRead() {
        UserId person = somebody();
        job.run(person.toString());
        assertThat(kept(person)).isZero();
        index(person, PackJob.DUE);
        job.run(person.toString());
        assertThat(kept(person)).isEqualTo(2);
        assertThat(packs.unpacked(person, embeddings.model())).isZero();
    }

    private void index(UserId person, int more) {
        jdbc.sql("""
                with said as (
                    insert into message (id, chat_id, owner_id, role, content, status, created_at)
                    select uuidv7(), c.id, c.owner_id, 'user', 'tide', 'complete', now()
                      from generate_series(1, :due), (select id, owner_id from chat where owner_id = :owner limit 1) as c
                    returning id, chat_id, owner_id
                )
                insert into memory_turn (message_id, owner_id, chat_id, speaker, said_at, terms, asks, timed, seq)
                select id, owner_id, chat_id, 0, now(), '', false, false, nextval('memory_seq') from said
                """).param("due", more).param("owner", person.value()).update();
    }
}
