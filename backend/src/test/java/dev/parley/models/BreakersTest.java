package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.models.Breakers.Attempt;
import dev.parley.models.ProviderException.Scope;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class BreakersTest {
    private static final Duration PAUSE = Breakers.FIRST_PAUSE;

    private long now = -5;
    private final Breakers breakers = new Breakers(() -> now);

    @Test
    void whoFailedIsLeftAloneForAWhile() {
        begin("groq", "groq/a").failed(failure(Scope.MODEL, Duration.ZERO));

        assertThat(breakers.attempt("groq", "groq/a")).isEmpty();
        assertThat(breakers.reason("groq", "groq/a")).hasValue("It failed.");
        assertThat(breakers.anyOpen()).isTrue();
        pass(PAUSE);
        assertThat(breakers.attempt("groq", "groq/a")).isPresent();
    }

    @Test
    void aModelsFailureIsNotItsNeighbours() {
        begin("groq", "groq/a").failed(failure(Scope.MODEL, Duration.ZERO));

        assertThat(breakers.attempt("groq", "groq/b")).isPresent();
        assertThat(breakers.attempt("other", "groq/a")).isPresent();
    }

    @Test
    void aProvidersFailureIsThatOfAllItsModels() {
        begin("groq", "groq/a").failed(failure(Scope.PROVIDER, Duration.ZERO));

        assertThat(breakers.attempt("groq", "groq/b")).isEmpty();
        assertThat(breakers.reason("groq", "groq/b")).hasValue("It failed.");
        assertThat(breakers.attempt("azure", "azure/b")).isPresent();
    }

    @Test
    void aRefusedQuestionIsNobodysFailure() {
        begin("groq", "groq/a").failed(failure(Scope.QUESTION, Duration.ZERO));

        assertThat(breakers.attempt("groq", "groq/a")).isPresent();
        assertThat(breakers.anyOpen()).isFalse();
    }

    @Test
    void afterThePauseOneQuestionTries() {
        begin("groq", "groq/a").failed(failure(Scope.PROVIDER, Duration.ZERO));
        pass(PAUSE);
        Attempt probe = begin("groq", "groq/a");
        assertThat(breakers.attempt("groq", "groq/a")).isEmpty();
        assertThat(breakers.attempt("groq", "groq/b")).isEmpty();

        probe.answered();
        assertThat(breakers.attempt("groq", "groq/a")).isPresent();
        assertThat(breakers.attempt("groq", "groq/b")).isPresent();
        assertThat(breakers.anyOpen()).isFalse();
    }

    @Test
    void eachTryThatFailsMakesThePauseLongerUpToALimit() {
        begin("groq", "groq/a").failed(failure(Scope.MODEL, Duration.ZERO));
        Duration pause = PAUSE;
        for (int i = 0; i < 8; i++) {
            pass(pause.minusNanos(1));
            assertThat(breakers.attempt("groq", "groq/a")).isEmpty();
            now++;
            begin("groq", "groq/a").failed(failure(Scope.MODEL, Duration.ZERO));
            pause = pause.multipliedBy(2);
            if (pause.compareTo(Breakers.LONGEST_PAUSE) > 0) {
                pause = Breakers.LONGEST_PAUSE;
            }
        }
        assertThat(pause).isEqualTo(Breakers.LONGEST_PAUSE);
    }

    @Test
    void manyThatFailTogetherCountOnce() {
        Attempt one = begin("groq", "groq/a");
        Attempt other = begin("groq", "groq/a");
        one.failed(failure(Scope.MODEL, Duration.ZERO));
        pass(Duration.ofSeconds(3));
        other.failed(failure(Scope.MODEL, Duration.ZERO));

        pass(PAUSE.minusSeconds(3));
        assertThat(breakers.attempt("groq", "groq/a")).isPresent();
    }

    @Test
    void aTryThatWasGivenUpMakesRoomForTheNext() {
        begin("groq", "groq/a").failed(failure(Scope.MODEL, Duration.ZERO));
        pass(PAUSE);
        begin("groq", "groq/a").abandoned();

        assertThat(breakers.attempt("groq", "groq/a")).isPresent();
        assertThat(breakers.attempt("groq", "groq/a")).isEmpty();
    }

    @Test
    void whoSaysHowLongIsLeftAloneSoLong() {
        begin("groq", "groq/a").failed(failure(Scope.MODEL, Duration.ofSeconds(40)));
        begin("groq", "groq/b").failed(failure(Scope.MODEL, Duration.ofHours(40)));

        pass(Duration.ofSeconds(39));
        assertThat(breakers.attempt("groq", "groq/a")).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(breakers.attempt("groq", "groq/a")).isPresent();
        assertThat(breakers.attempt("groq", "groq/b")).isEmpty();
        pass(Breakers.LONGEST_PAUSE);
        assertThat(breakers.attempt("groq", "groq/b")).isPresent();
    }

    @Test
    void whereThereIsNoOtherTheOneThatFailedIsAsked() {
        begin("groq", "groq/a").failed(failure(Scope.PROVIDER, Duration.ZERO));

        breakers.lastResort("groq", "groq/a").answered();
        assertThat(breakers.attempt("groq", "groq/a")).isPresent();
    }

    private Attempt begin(String provider, String model) {
        Optional<Attempt> attempt = breakers.attempt(provider, model);
        return attempt.orElseThrow(() -> new AssertionError("It is left alone"));
    }

    private void pass(Duration duration) {
        now += duration.toNanos();
    }

    private static ProviderException failure(Scope scope, Duration pause) {
        return new ProviderException(ModelError.AI_PROVIDER_ERROR, "It failed.", "Wait.", scope, pause);
    }
}
