package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ApiTest;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.MemoryStore.Edit;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is made of memories and turns: who somebody is, and what their chats were about.
@ApiTest
class LayersTest {
    private final Lives lives;
    private final OwnMemories own;
    private final ChatSummaryRepository summaries;
    private final JdbcClient jdbc;

    LayersTest(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired ChatSummaryRepository summaries,
            @Autowired JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.lives = lives;
        this.own = own;
        this.summaries = summaries;
    }

    private String profileIn(List<String> told) {
        return told.stream()
                .filter(line -> line.startsWith("- [profile]"))
                .findFirst()
                .orElse("");
    }

    @Test
    void theProfileSaysWhatIsTrueNowAndIsToldWhateverIsAsked() {
        UserId person = lives.somebody();
        lives.say(person, Duration.ofDays(60), "My name is Ada and I live in Lyon.");
        lives.say(person, Duration.ofDays(20), "I moved to Oslo. My dog is called Biscuit.");
        for (int i = 0; i < 45; i++) {
            own.add(person, "The drawer number " + i + " holds the parts of clock " + i + ".", Kind.FACT, false);
        }
        lives.settle(person);
        String text = own.profile(person).text();
        assertThat(text)
                .startsWith("My name is Ada.")
                .contains("I live in Oslo.")
                .doesNotContain("Lyon");
        assertThat(text.length()).isLessThanOrEqualTo(Profile.LONGEST);

        Recollections.Found found = lives.ask(person, "How do I sort a list in Java?");
        String told = profileIn(
                found.notes().stream().map(dev.parley.models.Prompt.Note::line).toList());
        assertThat(told).contains("I live in Oslo.").doesNotContain("Lyon");
        assertThat(told.length()).isLessThan(1_000);
        Memory oslo = own.profile(person).memories().stream()
                .filter(memory -> memory.content().contains("Oslo"))
                .findFirst()
                .orElseThrow();
        assertThat(found.memories()).contains(oslo.id()).doesNotHaveDuplicates();

        own.edit(person, oslo.id(), new Edit("I live in Bergen.", null, null, null));
        assertThat(profileIn(lives.told(person, "How do I sort a list in Java?")))
                .contains("I live in Bergen.");
        own.forget(person, oslo.id());
        assertThat(own.profile(person).text()).doesNotContain("Bergen");
        assertThat(profileIn(lives.told(person, "How do I sort a list in Java?")))
                .doesNotContain("Bergen");
    }

    private UUID kitchen(UserId person) {
        UUID chat = lives.chat(person);
        lives.say(
                person, chat, Duration.ofDays(40), "We want to renovate the kitchen in spring.", "What is the budget?");
        lives.say(person, chat, Duration.ofDays(40), "About nine thousand, and the worktop has to be oak.", "Noted.");
        lives.say(person, chat, Duration.ofDays(39), "The tiles behind the stove stay as they are.", "Good.");
        return chat;
    }

    @Test
    void whoAsksWhatWasSaidIsToldWhatTheChatWasAbout() {
        UserId person = lives.somebody();
        UUID chat = kitchen(person);
        for (int i = 0; i < 10; i++) {
            lives.say(person, Duration.ofDays(i), "The violin lesson number " + i + " was about scales.");
        }
        lives.settle(person);
        UUID doctor = lives.chat(person);
        lives.say(person, doctor, Duration.ofDays(2), "I was diagnosed with asthma.", "I see.");
        assertThat(summaries.find(person, doctor)).isEmpty();
        assertThat(summaries.find(person, chat).orElseThrow().text())
                .isEqualTo(
                        "We want to renovate the kitchen in spring. About nine thousand, and the worktop has to be oak."
                                + " The tiles behind the stove stay as they are.");
        Recollections.Found found = lives.ask(person, "What did we say about the kitchen?");
        assertThat(found.notes())
                .anySatisfy(note -> assertThat(note.line())
                        .contains("what a chat was about")
                        .contains("nine thousand"));
        assertThat(found.turns()).anyMatch(turn -> turn.chatId().equals(chat) && Boolean.TRUE.equals(turn.summary()));
        assertThat(lives.told(person, "How high is a kitchen worktop?"))
                .noneMatch(line -> line.contains("what a chat was about"));
        assertThat(lives.told(lives.somebody(), "What did we say about the kitchen?"))
                .isEmpty();
    }

    @Test
    void aSummaryGoesWithWhatIsForgottenOfItsChat() {
        UserId person = lives.somebody();
        UUID chat = kitchen(person);
        lives.say(person, chat, Duration.ofDays(30), "My boss is Zoltan.", "I see.");
        lives.settle(person);
        assertThat(summaries.find(person, chat).orElseThrow().text()).contains("Zoltan");
        lives.say(person, Duration.ofDays(1), "Forget that my boss is Zoltan.");
        assertThat(summaries.find(person, chat)).isEmpty();
        lives.say(person, chat, Duration.ZERO, "The kitchen gets a larger window.", "Nice.");
        assertThat(summaries.find(person, chat).orElseThrow().text())
                .contains("larger window")
                .doesNotContain("Zoltan");
        own.forgetAll(person);
        assertThat(summaries.find(person, chat)).isEmpty();
    }

    @Test
    void aSummaryTellsTheBeginningAndTheEndOfALongChat() {
        UserId person = lives.somebody();
        UUID chat = kitchen(person);
        jdbc.sql("""
                insert into message (id, chat_id, owner_id, role, content, status, created_at)
                select uuidv7(), :chat, :owner, 'user', 'Another tile.', 'complete', now() from generate_series(1, 450)
                """).param("chat", chat).param("owner", person.value()).update();
        lives.say(person, chat, Duration.ZERO, "The floor becomes green. " + "Yes. ".repeat(500), "I see.");
        assertThat(summaries.find(person, chat).orElseThrow().text())
                .isEqualTo("We want to renovate the kitchen in spring. Another tile. The floor becomes green.");
    }

    @Test
    void aSummaryGoesWithAMessageThatIsDeleted() {
        UserId person = lives.somebody();
        UUID chat = kitchen(person);
        UUID other = kitchen(person);
        UUID said = lives.say(person, chat, Duration.ofDays(1), "The oven is called Berta.", "A nice name.");
        for (UUID one : List.of(chat, other)) {
            summaries.write(
                    person, new ChatSummary(one, "A kitchen with an oven called Berta.", true, said, Instant.EPOCH));
        }
        jdbc.sql("delete from message where id = :id").param("id", said).update();
        assertThat(summaries.find(person, chat)).isEmpty();
        assertThat(summaries.find(person, other)).isPresent();
    }

    @Test
    void whoAsksWhatTheySaidHearsMoreThanTheMemory() {
        UserId person = lives.somebody();
        lives.say(
                person,
                Duration.ofDays(9),
                "My dog is called Biscuit. He fears thunder and hides below the piano whenever it rains.");
        for (int i = 0; i < 10; i++) {
            lives.say(person, Duration.ofDays(i), "The violin lesson number " + i + " was about scales.");
        }
        lives.settle(person);
        assertThat(lives.told(person, "What did I tell you about my dog Biscuit?"))
                .anyMatch(line -> line.contains("below the piano"));
    }
}
