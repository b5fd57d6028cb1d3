package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ApiTest;
import dev.parley.chats.Chats;
import dev.parley.chats.Message.Recalled;
import dev.parley.chats.Transcripts;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.memory.MemoryStore.Edit;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What a person corrected or had forgotten stays so, whatever is done again with the messages that said it.
@ApiTest
class ForgettingTest {
    private final Lives lives;
    private final OwnMemories own;
    private final Chats chats;
    private final Transcripts transcripts;
    private final TurnRepository turns;
    private final ChatSummaryRepository summaries;
    private final RememberJob remember;
    private final UserId person;
    private final UUID chat;

    ForgettingTest(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired Chats chats,
            @Autowired Transcripts transcripts,
            @Autowired TurnRepository turns,
            @Autowired ChatSummaryRepository summaries,
            @Autowired RememberJob remember) {
        this.turns = turns;
        this.summaries = summaries;
        this.remember = remember;
        this.lives = lives;
        this.own = own;
        this.chats = chats;
        this.transcripts = transcripts;
        person = lives.somebody();
        chat = lives.chat(person);
    }

    private List<String> contents() {
        return own.list(person, new Filter(Status.ACTIVE, null, null), new PageRequest(100, null)).items().stream()
                .map(Memory::content)
                .toList();
    }

    private Memory memory(String content) {
        return own.list(person, new Filter(Status.ACTIVE, null, null), new PageRequest(100, null)).items().stream()
                .filter(one -> one.content().equals(content))
                .findFirst()
                .orElseThrow();
    }

    private String found(String question) {
        lives.settle(person);
        return String.join("\n", lives.told(person, question));
    }

    @Test
    void whatIsCorrectedStaysCorrectedWhenItIsAnsweredAnew() {
        UUID said = lives.say(person, chat, Duration.ofDays(2), "I live in Oslo.", "Oslo is lovely.");
        own.edit(person, memory("I live in Oslo.").id(), new Edit("I live in Bergen.", null, null, null));
        lives.regenerate(person, chat, said, "So you live in Oslo.");
        assertThat(contents()).containsExactly("I live in Bergen.");
        assertThat(found("What did I tell you about living in Oslo?")).doesNotContain("Oslo");
    }

    @Test
    void whatIsForgottenStaysForgottenBesideWhatIsNot() {
        UUID said = lives.say(person, chat, Duration.ofDays(2), "I live in Oslo. My dog is called Rex.", "I see.");
        own.forget(person, memory("I live in Oslo.").id());
        lives.regenerate(person, chat, said, "I see.");
        assertThat(contents()).containsExactly("My dog is Rex.");
        assertThat(found("What did I tell you about living in Oslo?")).doesNotContain("Oslo");
    }

    @Test
    void whoSaysForgetForgetsOnce() {
        UUID said = lives.say(
                person,
                chat,
                Duration.ofDays(60),
                "Forget that I live in Lyon. Forget that my dog is Rex. My name is Ada.",
                "It is forgotten.");
        assertThat(contents()).containsExactly("My name is Ada.");
        own.add(person, "I live in Lyon.", Kind.FACT, false);
        own.add(person, "My dog is Rex.", Kind.FACT, false);
        lives.regenerate(person, chat, said, "It is forgotten.");
        assertThat(contents()).containsExactlyInAnyOrder("My name is Ada.", "I live in Lyon.", "My dog is Rex.");
    }

    @Test
    void whatWasAnsweredToTheForgottenIsNotFoundEither() {
        UUID said = lives.say(
                person, chat, Duration.ofDays(2), "I live in Lyon.", "Lyon is lovely, so you live in a nice city.");
        String question = "What did we say about Lyon, where I live?";
        own.forget(person, memory("I live in Lyon.").id());
        assertThat(found(question)).doesNotContain("Lyon");
        lives.regenerate(person, chat, said, "Lyon is lovely indeed, a nice city to live in.");
        assertThat(found(question)).doesNotContain("Lyon");
    }

    @Test
    void whatIsForgottenIsForgottenInItsForksToo() {
        UUID said = lives.say(person, chat, Duration.ofDays(2), "I live in Lyon.", "Lyon is lovely.");
        UUID earlier = chats.fork(person, chat, said).id();
        UUID fork = chats.fork(person, earlier, first(earlier)).id();
        own.forget(person, memory("I live in Lyon.").id());
        UUID later = chats.fork(person, chat, said).id();
        for (UUID copy : List.of(earlier, fork, later)) {
            lives.regenerate(person, copy, first(copy), "Lyon is a nice city to live in.");
            assertThat(contents()).isEmpty();
            assertThat(found("What did we say about Lyon, where I live?")).doesNotContain("Lyon");
        }
    }

    @Test
    void aForkOfWhatWasForgottenWithAllIsForgotten() {
        UUID said = lives.say(person, chat, Duration.ofDays(2), "I live in Lyon.", "Lyon is lovely.");
        own.forgetAll(person);
        UUID fork = chats.fork(person, chat, said).id();
        lives.regenerate(person, fork, first(fork), "Lyon is a nice city to live in.");
        assertThat(contents()).isEmpty();
        assertThat(found("What did we say about Lyon, where I live?")).doesNotContain("Lyon");
    }

    @Test
    void whatNeverBecameAMemoryIsForgottenToo() {
        String question = "What did I tell you about our gate code?";
        UUID said = lives.say(person, chat, Duration.ofDays(3), "Our gate code is 4711.", "I see.");
        UUID fork = chats.fork(person, chat, said).id();
        UUID copy = first(fork);
        lives.regenerate(person, fork, copy, "Noted.");
        lives.say(person, Duration.ofDays(3), "The code review is at four.");
        assertThat(contents()).isEmpty();
        assertThat(found(question)).contains("4711");
        UUID answer = lives.ask(person, lives.chat(person), question, "It is four, seven, one, one.");
        assertThat(turns.indexed(person, List.of(answer))).isNotEmpty();

        lives.say(person, Duration.ofDays(1), "Forget that our gate code is 4711.");
        assertThat(found(question)).doesNotContain("4711").doesNotContain("seven");
        assertThat(turns.indexed(person, List.of(said, copy, answer))).isEmpty();
        assertThat(found("What did I tell you about the code review?")).contains("at four");
        lives.regenerate(person, chat, said, "So it is 4711.");
        assertThat(found(question)).doesNotContain("4711");

        // One word says little, unless it is a name.
        lives.say(person, Duration.ofDays(1), "The reviewer of it was Marinetti.");
        lives.say(person, Duration.ofHours(2), "Forget the code.");
        assertThat(found("What did I tell you about the code review?")).contains("at four");
        String reviewer = "What did I tell you about the reviewer Marinetti?";
        assertThat(found(reviewer)).contains("Marinetti");
        lives.say(person, Duration.ofHours(1), "Forget Marinetti.");
        assertThat(found(reviewer)).doesNotContain("Marinetti");
    }

    @Test
    void whatWasSaidTwiceIsForgottenInBothChats() {
        lives.say(person, chat, Duration.ofDays(9), "I live in Lyon.", "A nice city.");
        UUID other = lives.chat(person);
        UUID again = lives.say(person, other, Duration.ofDays(2), "I live in Lyon.", "You said so.");
        assertThat(memory("I live in Lyon.").sources()).hasSize(2);
        own.forget(person, memory("I live in Lyon.").id());
        assertThat(found("What did we say about Lyon, where I live?")).doesNotContain("Lyon");
        assertThat(summaries.find(person, other)).isEmpty();
        lives.regenerate(person, other, again, "You said so.");
        assertThat(contents()).isEmpty();
    }

    private Recollections.Found told(UUID chat, UUID message, boolean summary) {
        Recalled turn = new Recalled(chat, message, summary ? true : null);
        return new Recollections.Found(List.of(), List.of(), List.of(turn));
    }

    @Test
    void whatAnAnswerWasToldIsTakenOutOfItToo() {
        UUID pot = lives.say(person, chat, Duration.ofDays(9), "The spare key lies below the pot.", "I see.");
        UUID other = lives.say(person, chat, Duration.ofDays(9), "The hose leaks.", "I see.");
        String question = "Where is it?";
        UUID told = lives.answer(person, lives.chat(person), question, "Below a flower.", told(chat, pot, false));
        UUID retold =
                lives.answer(person, lives.chat(person), question, "A flower stands on it.", told(chat, told, false));
        UUID summed = lives.answer(person, lives.chat(person), question, "Near the house.", told(chat, other, true));
        UUID unconcerned =
                lives.answer(person, lives.chat(person), question, "Mend the hose.", told(chat, other, false));
        List<UUID> answers = List.of(told, retold, summed, unconcerned);
        assertThat(turns.indexed(person, answers)).hasSize(4);
        own.unfind(person, List.of(pot));
        assertThat(turns.indexed(person, answers)).containsExactly(unconcerned);

        // Forgotten while an answer is written, it is not indexed with it.
        UUID late = lives.answer(person, lives.chat(person), question, "Below a flower.", told(chat, pot, false));
        assertThat(turns.indexed(person, List.of(late))).isEmpty();
        remember.run(person + "/" + late);
        assertThat(turns.indexed(person, List.of(late))).isEmpty();
    }

    private UUID first(UUID chat) {
        return transcripts.ofChat(person, chat, null, 1).getFirst().id();
    }

    @Test
    void afterForgettingAllAnAnswerToAnOldQuestionIsNotFound() {
        UUID said = lives.say(person, chat, Duration.ofDays(2), "I live in Lyon.", "Lyon is lovely.");
        own.forgetAll(person);
        lives.regenerate(person, chat, said, "Lyon is lovely indeed, a nice city to live in.");
        assertThat(contents()).isEmpty();
        assertThat(found("What did we say about Lyon, where I live?")).doesNotContain("Lyon");
    }
}
