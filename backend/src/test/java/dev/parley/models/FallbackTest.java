package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.models.Catalogue.Wishes;
import dev.parley.models.ChatProvider.Identity;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.settings.RunningSettings;
import dev.parley.shared.HealthPart;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Two providers, each a real server. The first is asked; `spare/echo` of the second steps in, then `spare/other`.
@NullMarked
@Timeout(60)
class FallbackTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Patience PATIENT = TestSettings.patience(LONG, LONG);

    private final ScriptedProvider first = ScriptedProvider.start();
    private final ScriptedProvider second = ScriptedProvider.start();
    private final ProviderHttp http =
            new ProviderHttp(Duration.ofSeconds(5), Duration.ofMillis(20), SSLContexts.createDefault());
    private Patience patience = PATIENT;
    private long now;
    private final Breakers breakers = new Breakers(() -> now);

    @AfterEach
    void stop() throws IOException {
        http.close();
        first.close();
        second.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status-401   | The model's provider did not accept this server's API key.
            status-402   | The account at the model's provider has no credit left.
            status-403   | The model's provider does not let this server use the model status-403.
            status-404   | The model's provider does not know the model status-404.
            status-429   | The model's provider has too many requests just now.
            status-500   | The model's provider failed (500).
            status-302   | The model's provider answered with 302 instead of an answer.
            garbage      | The model's provider sent something that is not an answer.
            no-http      | The model's provider sent something that is not an answer.
            """)
    void anotherModelAnswersInsteadOfOneThatCannot(String model, String reason) {
        Answer answer = ask(model);

        assertThat(answer.collected.text()).isEqualTo("You asked: Hello?");
        assertThat(answer.fallback).isEqualTo(new Fallback("spare/echo", model, reason));
        assertThat(first.questions()).hasSize(1);
        assertThat(second.questions())
                .extracting(ScriptedProvider.Request::model)
                .containsExactly("echo");
    }

    @Test
    void whoSaysNothingInTimeIsReplaced() {
        patience = TestSettings.patience(Duration.ofMillis(300), LONG);
        Answer answer = ask("silent");

        assertThat(answer.collected.text()).isEqualTo("You asked: Hello?");
        assertThat(answer.fallback)
                .isEqualTo(new Fallback("spare/echo", "silent", "The model did not answer in 0.3 s."));
    }

    @Test
    void whoFallsSilentInTheMiddleIsNot() {
        patience = TestSettings.patience(LONG, Duration.ofSeconds(1));
        Answer answer = ask("stalls");

        assertThat(answer.collected.failed().code()).isEqualTo(ModelError.AI_PROVIDER_TIMEOUT);
        assertThat(second.questions()).isEmpty();
    }

    @Test
    void whoCannotBeReachedIsReplaced() {
        first.close();

        assertThat(ask("echo").fallback)
                .isEqualTo(new Fallback("spare/echo", "echo", "The model's provider could not be reached."));
    }

    @Test
    void whoAnswersIsNotReplaced() {
        Answer answer = ask("echo");

        assertThat(answer.fallback).isNull();
        assertThat(second.questions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status-400", "status-413", "status-422"})
    void aQuestionThatIsRefusedIsRefused(String model) {
        assertThat(ask(model).collected.failed().sentence()).isNotEmpty();
        assertThat(first.questions()).hasSize(1);
        assertThat(second.questions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "reset", "error-inside"})
    void onceTextHasComeNobodyElseIsAsked(String model) {
        Answer answer = ask(model);

        assertThat(answer.collected.text()).startsWith("Half ");
        assertThat(answer.collected.failed().sentence()).isNotEmpty();
        assertThat(answer.fallback).isNull();
        assertThat(first.questions()).hasSize(1);
        assertThat(second.questions()).isEmpty();
    }

    @Test
    void thinkingIsTextToo() {
        first.on("ponders", (request, reply) -> {
            reply.stream().reasoning("Hm");
            reply.cut();
        });

        assertThat(ask("ponders").collected.failure()).isNotNull();
        assertThat(second.questions()).isEmpty();
    }

    @Test
    void anErrorBeforeTheFirstWordIsReplaced() {
        first.on("late", (request, reply) -> {
            reply.stream();
            reply.event("{\"error\": {\"message\": \"overloaded\", \"code\": \"server_error\"}}");
            reply.endOfBody();
        });

        assertThat(ask("late").collected.text()).isEqualTo("You asked: Hello?");
    }

    @Test
    void theChainGoesOnUntilSomebodyAnswers() {
        second.on("echo", (request, reply) -> reply.json(500, "{}"));
        Answer answer = ask("status-500");

        assertThat(answer.collected.text()).isEqualTo("You asked: Hello?");
        assertThat(answer.fallback)
                .isEqualTo(new Fallback("spare/other", "status-500", "The model's provider failed (500)."));
    }

    @Test
    void aRefusalOfOneThatStepsInDecidesNothing() {
        second.on(
                "echo",
                (request, reply) ->
                        reply.json(400, "{\"error\": {\"message\": \"no\", \"code\": \"context_length_exceeded\"}}"));
        assertThat(ask("status-500").collected.text()).isEqualTo("You asked: Hello?");

        second.on("other", (request, reply) -> reply.json(422, "{}"));
        assertThat(ask("status-404").collected.failed().sentence())
                .isEqualTo("The model's provider does not know the model status-404.");
    }

    @Test
    void whenNobodyAnswersTheFirstFailureIsTold() {
        second.close();
        Answer answer = ask("status-401");

        assertThat(answer.collected.failed().sentence())
                .isEqualTo("The model's provider did not accept this server's API key.");
        assertThat(answer.fallback).isNull();
        assertThat(first.questions()).hasSize(1);
    }

    @Test
    void whatFailsAfterSteppingInIsToldAsItsFailure() {
        second.on("echo", (request, reply) -> {
            reply.stream().text("Half");
            reply.cut();
        });
        Answer answer = ask("status-500");

        assertThat(answer.collected.text()).isEqualTo("Half");
        assertThat(answer.collected.failed().sentence())
                .isEqualTo("The connection to the model was lost before its answer was complete.");
        assertThat(answer.fallback).isNotNull();
        assertThat(second.questions()).hasSize(1);
    }

    @Test
    void whoHasJustFailedIsNotAskedUntilAPauseIsOver() {
        ask("status-500");
        Answer passedOver = ask("status-500");
        assertThat(passedOver.fallback)
                .isEqualTo(new Fallback("spare/echo", "status-500", "The model's provider failed (500)."));
        assertThat(first.questions()).hasSize(1);
        assertThat(breakers.anyOpen()).isTrue();

        first.on(
                "status-500",
                (request, reply) -> reply.stream().text("Back.").finish("stop").done());
        now += Breakers.FIRST_PAUSE.toNanos();
        assertThat(ask("status-500").collected.text()).isEqualTo("Back.");
        assertThat(ask("status-500").fallback).isNull();
        assertThat(first.questions()).hasSize(3);
        assertThat(breakers.anyOpen()).isFalse();
    }

    @Test
    void healthSaysThatAModelFailedUntilItsPauseIsOver() {
        Catalogue catalogue = catalogue("spare/echo");
        ModelHealth health = new ModelHealth(catalogue);
        assertThat(health.state()).isEqualTo(HealthPart.State.ok());

        Collected.from(catalogue.open(question("status-401")));
        assertThat(health.state()).isEqualTo(HealthPart.State.degraded("A language model failed a moment ago."));
        now += Breakers.FIRST_PAUSE.toNanos();
        assertThat(health.state()).isEqualTo(HealthPart.State.ok());
    }

    @Test
    void whoHasJustFailedIsAskedWhenNobodyElseIsLeft() {
        ask("status-500");
        second.close();
        first.on(
                "status-500",
                (request, reply) -> reply.stream().text("Back.").finish("stop").done());
        Answer answer = ask("status-500");

        assertThat(answer.collected.text()).isEqualTo("Back.");
        assertThat(answer.fallback).isNull();
    }

    @Test
    void theFailureToldIsThatOfTheModelThatWasAskedEvenIfItWasAskedLast() {
        ask("status-500");
        second.close();
        first.on("status-500", (request, reply) -> reply.json(404, "{}"));

        assertThat(ask("status-500").collected.failed().sentence())
                .isEqualTo("The model's provider does not know the model status-500.");
    }

    @Test
    void withoutAChainAFailureKeepsNobodyFromAskingAgain() {
        Catalogue alone = catalogue();
        for (int i = 0; i < 3; i++) {
            assertThat(Collected.from(alone.open(question("status-500")))
                            .failed()
                            .sentence())
                    .isEqualTo("The model's provider failed (500). Try again in a moment.");
        }
        assertThat(first.questions()).hasSize(3);
    }

    @Test
    void aModelThatIsGoneIsReplaced() {
        assertThat(ask("unheard-of").fallback)
                .isEqualTo(
                        new Fallback("spare/echo", "unheard-of", "The model unheard-of is not offered here any more."));
    }

    @Test
    void aStopAsksNobodyElseAndBlamesNobody() throws Exception {
        Catalogue catalogue = catalogue("spare/echo");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Completion completion = catalogue.open(question("waits"));
            first.on("waits", (request, reply) -> reply.awaitHangUp());
            Future<Collected> reader = threads.submit(() -> Collected.from(completion));
            ScriptedProvider.Request asked = first.awaitQuestion();
            completion.close();

            assertThat(reader.get().failed().sentence()).isEqualTo("The answer was stopped.");
            asked.awaitHangUp();
        }
        assertThat(second.questions()).isEmpty();
        assertThat(breakers.anyOpen()).isFalse();
    }

    @Test
    void whatIsStoppedBeforeItIsAskedIsNotAsked() {
        Completion completion = catalogue("spare/echo").open(question("echo"));
        completion.close();

        assertThat(Collected.from(completion).failure()).isNotNull();
        assertThat(first.questions()).isEmpty();
        assertThat(second.questions()).isEmpty();
    }

    @Test
    void aSmallerModelIsAskedTheEndOfTheConversation() {
        List<Turn> turns = new ArrayList<>();
        turns.add(new Turn(Role.SYSTEM, "Be brief."));
        for (int i = 0; i < 20; i++) {
            turns.add(new Turn(i % 2 == 0 ? Role.USER : Role.ASSISTANT, i + " " + "x".repeat(4_000)));
        }
        turns.add(new Turn(Role.USER, "And now?"));
        Collected.from(catalogue("spare/echo").open(new Prompt("status-500", turns, null, 1_000)));

        ScriptedProvider.Request asked = second.awaitQuestion();
        assertThat(asked.json().path("messages").path(0).path("content").asString())
                .isEqualTo("Be brief.");
        assertThat(asked.json().path("messages").path(1).path("content").asString())
                .startsWith("14 ");
        assertThat(asked.question()).isEqualTo("And now?");
        assertThat(first.awaitQuestion().json().path("messages").size()).isEqualTo(22);
    }

    private record Answer(Collected collected, @Nullable Fallback fallback) {}

    private Answer ask(String model) {
        Completion completion = catalogue("spare/echo", "spare/other").open(question(model));
        return new Answer(Collected.from(completion), completion.fallback());
    }

    private Catalogue catalogue(String... fallbacks) {
        return new Catalogue(
                List.of(
                        provider(
                                "first",
                                "",
                                first,
                                patience,
                                "echo status-302 status-400 status-401 status-402 status-403 status-404 status-413"
                                        + " status-422 status-429 status-500 garbage no-http silent cut reset stalls"
                                        + " error-inside ponders late waits"),
                        provider("spare", "spare/", second, PATIENT, "echo other")),
                new BuiltinProvider(),
                new Wishes(() -> "", () -> List.of(fallbacks)),
                breakers,
                new ModelRules());
    }

    private Provider provider(String name, String prefix, ScriptedProvider server, Patience patience, String models) {
        return new ChatProvider(
                new Identity(name, prefix, List.of(models.split(" ", -1)), false, null),
                Overrides.NONE,
                new AnswerDefaults(0.7, 2_000, List.of(), new RunningSettings(), new ModelRules()),
                ChatCompletions.at(
                        () -> http, Endpoint.of(server.baseUrl(), "key", Map.of()), patience, Clock.systemUTC()),
                () -> now);
    }

    private static Prompt question(String model) {
        return new Prompt(model, List.of(new Turn(Role.USER, "Hello?")), null, null);
    }
}
