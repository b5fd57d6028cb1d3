package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.models.Completion;
import dev.parley.models.Piece;
import dev.parley.models.Prompt;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import dev.parley.web.SessionEnded;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallsTest {
    private static final Prompt PROMPT = new Prompt("echo", List.of(new Turn(Role.USER, "Hello")), null, null);

    private final Caller caller = new Caller(new UserId(UUID.randomUUID()), UUID.randomUUID());

    @Test
    void aKeyThatIsDeletedWhileItsQuestionIsOpenedEndsIt() {
        Calls calls = started(new OneModel(1_000));
        calls.on(new SessionEnded(caller.sessionId()));

        assertEnds(calls, "There is no such API key");
    }

    @Test
    void aKeyThatIsDeletedOnTheWayToTheModelEndsItsQuestion() {
        MeetsOnTheWay model = new MeetsOnTheWay();
        Calls calls = started(model);
        model.meets = () -> calls.on(new SessionEnded(caller.sessionId()));

        assertEnds(calls, "There is no such API key");
    }

    @Test
    void aServerThatStopsMeanwhileEndsIt() {
        MeetsOnTheWay model = new MeetsOnTheWay();
        Calls calls = started(model);
        model.meets = calls::stop;

        assertEnds(calls, "This server stops");
    }

    @Test
    void whatAsksSeveralTimesIsEndedBetween() {
        Calls calls = started(new OneModel(0));
        try (Calls.Permit permit = calls.permit(caller)) {
            permit.check();
            calls.on(new SessionEnded(UUID.randomUUID()));
            permit.check();
            calls.on(new SessionEnded(caller.sessionId()));

            assertThatThrownBy(permit::check).hasMessageContaining("There is no such API key");
        }
    }

    private static Calls started(OneModel model) {
        Calls calls = new Calls(model);
        calls.start();
        return calls;
    }

    private void assertEnds(Calls calls, String sentence) {
        assertThatThrownBy(() -> calls.ask(caller, PROMPT, "request", CallsTest::drain))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining(sentence);
    }

    private static void drain(Call call) throws InterruptedException {
        while (!(call.next(Duration.ofMinutes(1)) instanceof Piece.End)) {}
    }

    /// What happens between the sign-in of a request and its question.
    private static final class MeetsOnTheWay extends OneModel {
        private Runnable meets = () -> {};

        MeetsOnTheWay() {
            super(1_000);
        }

        @Override
        public Completion open(Prompt prompt) {
            meets.run();
            return super.open(prompt);
        }
    }
}
