package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ApiTest;
import dev.parley.chats.Chats;
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
    private final UserId person;
    private final UUID chat;

    ForgettingTest(
            @Autowired Lives lives,
            @Autowired OwnMemories own,
            @Autowired Chats chats,
            @Autowired Transcripts transcripts) {
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
