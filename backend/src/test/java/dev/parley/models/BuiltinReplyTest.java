package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class BuiltinReplyTest {
    private final BuiltinReply builtin = new BuiltinReply(Manual.fromJar());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How do I connect a language model?              | /docs/models#connect-a-language-model
            How do I connect a model?                       | /docs/models#connect-a-language-model
            How do I back up my data?                       | /docs/install#back-up-your-data
            How do I restore a backup?                      | /docs/backup#restore-a-backup
            How do I connect to the WebSocket?              | /docs/websocket#connect-to-the-websocket
            Why was the WebSocket closed with 4408?         | /docs/websocket#why-the-websocket-was-closed
            Do you support Markdown?                        | /docs/chat#markdown-tables-and-formulas
            How can I edit my question?                     | /docs/chat#edit-a-question
            Can I regenerate an answer                      | /docs/chat#ask-for-another-answer
            How do I search old chats?                      | /docs/chat#search-your-chats
            How do I undo deleting a chat                   | /docs/chat#delete-a-chat
            How do I become administrator?                  | /docs/install#the-first-account
            where do I put my OpenAI API key | /docs/models#set-the-api-key-of-openai-or-another-provider
            Can I use Ollama?                               | /docs/models#use-ollama
            How do I rename a chat?                         | /docs/chat#rename-a-chat
            how can i delete a conversation                 | /docs/chat#delete-a-chat
            Renaming chats                                  | /docs/chat#rename-a-chat
            How do I stop an answer?                        | /docs/chat#stop-an-answer
            What happens when I reload the page?            | /docs/chat#reload-or-close-the-page
            How do I run it on another port?                | /docs/install#run-on-another-port
            Where is my data stored?                        | /docs/install#where-your-data-is-stored
            How can I use an external PostgreSQL database?  | /docs/install#use-another-postgresql
            How do I sign out?                              | /docs/chat#sign-out
            Is there a dark mode?                           | /docs/chat#light-and-dark-mode
            I forgot my password                            | /docs/troubleshoot#i-forgot-my-password
            What does PARLEY_REGISTRATION do?               | /docs/configure#account-and-session-settings
            """)
    void answersFromTheManualWithALink(String question, String link) {
        assertThat(ask(question)).contains("](" + link + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the capital of France?",
                "Write a poem about my cat",
                "Explain quantum entanglement",
                "What is the best database for analytics of weather data?",
                "What do you know about elephants?",
                "Who wrote the first detective story?",
                "How do I delete a file in Python?",
                "Solve x^2 = 4",
                "asdf qwer"
            })
    void saysOnceAtLengthAndThenBrieflyThatItIsNoLanguageModel(String question) {
        String first = ask(question);
        assertThat(first).contains("no language model", "/docs/models#connect-a-language-model");
        String second = ask(question, first, question);
        assertThat(second).contains("/docs/models#connect-a-language-model").hasSizeLessThan(160);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            My name is Ada.                          | What is my name?           | Your name is Ada.
            my name is ada lovelace                  | what's my name             | Your name is ada.
            Hi, I'm called Grace Hopper              | Who am I?                  | Your name is Grace Hopper.
            I live in New York and work in a bank.   | Where do I live?           | You live in New York and work in a bank.
            I'm from Lisbon                          | where am I from?           | You are from Lisbon.
            I really like green tea.                 | What do I like?            | You like green tea.
            I don't like Mondays.                    | What do I dislike?         | You do not like Mondays.
            My favourite colour is blue.             | What is my favourite colour? | Your favourite colour is blue.
            My dog is called Rex.                    | What is my dog?            | Your dog is called Rex.
            I work as a nurse.                       | Where do I work?           | You work as a nurse.
            """)
    void recallsWhatItWasTold(String told, String question, String answer) {
        assertThat(ask(told, "Noted.", question)).isEqualTo(answer);
    }

    @Test
    void recallsTheLatestOfTwoAnswers() {
        assertThat(ask("I live in Rome.", "Noted.", "I live in Oslo.", "Noted.", "Where do I live?"))
                .isEqualTo("You live in Oslo.");
    }

    @Test
    void findsWhatWasSaidAboutATopic() {
        String answer = ask(
                "Trains are slow here. The weather is fine.",
                "…",
                "I took the train to Bern.",
                "…",
                "What did I say about trains?");
        assertThat(answer).isEqualTo("You wrote:\n\n> I took the train to Bern.\n\n> Trains are slow here.");
    }

    @Test
    void listsWhatItKnows() {
        assertThat(ask("My name is Ada. I live in London.", "…", "What do you know about me?"))
                .isEqualTo("You told me:\n\n- Your name is Ada.\n- You live in London.");
    }

    @Test
    void admitsWhatItWasNotTold() {
        assertThat(ask("What is my name?")).isEqualTo("You have not told me your name.");
        assertThat(ask("What did I say about elephants?")).startsWith("I find nothing about that");
    }

    @Test
    void notesAStatement() {
        assertThat(ask("My name is Ada.")).startsWith("Your name is Ada.");
    }

    @Test
    void demonstratesCodeATableAndAFormula() {
        assertThat(ask("Show me what an answer can look like")).isEqualTo(ask("Show me what you can do"));
        assertThat(ask("show me a table")).isEqualTo(ask("Show me what you can do"));
        assertThat(ask("Show me what you can do")).contains("```python", "| --- |", "$$");
    }

    @Test
    void countsAndWritesLongTextsTheSameEachTime() {
        assertThat(ask("Count to 300")).startsWith("1, 2, 3, ").endsWith("299, 300.");
        assertThat(ask("Please write a long text").split("\\s+")).hasSizeBetween(590, 640);
        assertThat(ask("Write 2000 words about anything").split("\\s+")).hasSizeBetween(1_990, 2_040);
        assertThat(ask("Write a long text")).isEqualTo(ask("Write a long text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello!", "hi", "Good morning", "Hey there"})
    void greets(String greeting) {
        assertThat(ask(greeting)).startsWith("Hello. I am Parley's built-in model and no language model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Are you ChatGPT?", "What are you?", "who are you", "Are you a real AI"})
    void isHonestAboutWhatItIs(String question) {
        assertThat(ask(question)).contains("no language model");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Was ist die Hauptstadt von Frankreich?     | kein Sprachmodell
            Quelle est la capitale de la France ?      | non un modèle de langue
            ¿Cuál es la capital de Francia?            | no un modelo de lenguaje
            フランスの首都はどこですか                       | 言語モデルではありません
            法国的首都是哪里                               | 不是语言模型
            Какая столица Франции?                     | не языковая модель
            """)
    void saysWhatItIsInTheLanguageOfTheQuestion(String question, String sentence) {
        assertThat(ask(question)).contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"🙂", "?", "...", "a", "1+1", "\u0000", "|||", "$$$"})
    void copesWithAnything(String question) {
        assertThat(ask(question)).isNotBlank();
    }

    /// @param messages of the user and the assistant in turn
    private String ask(String... messages) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            turns.add(new Turn(i % 2 == 0 ? Role.USER : Role.ASSISTANT, messages[i]));
        }
        return builtin.to(turns);
    }

    @Test
    void recallsWhatIsRememberedOfOtherChatsAndNotWhatIsPast() {
        List<Prompt.Note> notes = List.of(
                new Prompt.Note("", "My name is Ada.", true),
                new Prompt.Note("", "I live in Lyon.", false),
                new Prompt.Note("", "I live in Oslo.", true),
                new Prompt.Note("", "", true));
        assertThat(builtin.to(List.of(new Turn(Role.USER, "What is my name?")), notes))
                .isEqualTo("Your name is Ada.");
        assertThat(builtin.to(List.of(new Turn(Role.USER, "Where do I live?")), notes))
                .isEqualTo("You live in Oslo.");
        List<Turn> moved = List.of(
                new Turn(Role.USER, "I moved to Rome."),
                new Turn(Role.ASSISTANT, "I see."),
                new Turn(Role.USER, "Where do I live?"));
        assertThat(builtin.to(moved, notes)).isEqualTo("You live in Rome.");
    }
}
