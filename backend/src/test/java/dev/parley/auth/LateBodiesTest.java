package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.SettableClock;
import dev.parley.database.TestDatabase;
import dev.parley.users.User;
import dev.parley.web.Caller;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.context.SecurityContextHolder;

/// Those that come so late that every node has forgotten the end of the session.
class LateBodiesTest {
    private final TestDatabase database = TestDatabase.create();
    /// However long this machine stands still meanwhile.
    private static final Duration AT_ONCE = Duration.ofHours(-1);

    private final SettableClock clock = new SettableClock();
    private final Node there = new Node(database, clock);
    private final Node here = new Node(database, clock);
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/chats");
    private final LateBodies bodies = new LateBodies(
            new TokenAuthenticator(
                    new AccessTokens("key".getBytes(UTF_8), Duration.ofMinutes(30), clock),
                    here.revocations,
                    here.sessions,
                    here.keys),
            here.revocations,
            here.users,
            request);
    private final User ada = there.newAccounts.superuser("ada@example.org", "seven green bottles");

    @AfterEach
    void close() {
        SecurityContextHolder.clearContext();
        here.hasher.destroy();
        there.hasher.destroy();
        database.close();
    }

    private void arrives(Caller caller, Duration after) {
        SecurityContextHolder.getContext()
                .setAuthentication(new SignedIn(caller, false, System.nanoTime() - after.toNanos()));
        bodies.requireStillIn();
    }

    @Test
    void areAskedForTheirSessionAgain() {
        Caller caller = there.caller(ada.id());
        assertThatCode(() -> arrives(caller, Duration.ofHours(2))).doesNotThrowAnyException();

        there.sessions.end(caller.sessionId());

        assertThatThrownBy(() -> arrives(caller, Duration.ofHours(2)))
                .hasMessage("This session has ended. Sign in again.");
    }

    /// Whoever says it at once was just found out, and costs no statement.
    @Test
    void areAskedAtOnceOnlyWhereTheEndIsKnown() {
        Caller caller = there.caller(ada.id());
        there.sessions.end(caller.sessionId());

        assertThatCode(() -> arrives(caller, AT_ONCE)).doesNotThrowAnyException();
        here.revocations.ask();
        assertThatThrownBy(() -> arrives(caller, AT_ONCE)).hasMessage("This session has ended. Sign in again.");
    }
}
