package dev.parley.users;

import dev.parley.database.TestDatabase;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import tools.jackson.databind.json.JsonMapper;

/// The module's door, put together by hand for tests of others.
public final class UsersForTests {
    private UsersForTests() {}

    public static Users users(TestDatabase database, ApplicationEventPublisher events, Clock clock) {
        return new Users(new AccountRepository(database.jdbc(), new JsonMapper()), events, clock);
    }
}
