package dev.parley.seed;

import dev.parley.auth.NewAccounts;
import dev.parley.chats.ChatsInBulk;
import dev.parley.database.Database;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.users.Users;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Service;

/// Fills a database with made-up people and chats. The same plan makes the same texts in the same trees.
@Service
public class Seed {
    /// Indexing what a large seed leaves may take as long.
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(30);

    private static final int BATCH = 10_000;
    private static final Duration PAST = Duration.ofDays(365);

    private final Database database;
    private final Users users;
    private final NewAccounts accounts;
    private final ChatsInBulk chats;
    private final Clock clock;

    Seed(Database database, Users users, NewAccounts accounts, ChatsInBulk chats, Clock clock) {
        this.database = database;
        this.users = users;
        this.accounts = accounts;
        this.chats = chats;
        this.clock = clock;
    }

    /// @param progress told now and then how many messages are written
    /// @throws ParleyException CONFLICT where there are other people's accounts and the plan does not say `force`;
    ///     VALIDATION_ERROR
    public Sown sow(SeedPlan plan, String password, IntConsumer progress) {
        List<String> emails = plan.emails();
        long others = users.countWithout(emails);
        if (others > 0 && !plan.force()) {
            throw new ParleyException(
                    CommonError.CONFLICT,
                    "Others have accounts in this database (" + others
                            + "). Say --force to add made-up chats all the same.");
        }
        List<NewAccounts.Person> people = accounts.people(emails, password);
        int made = 0;
        try (Connection connection = database.connect("seed", LONGEST_STATEMENT)) {
            made = sow(plan, people, connection, progress);
        } catch (SQLException e) {
            throw new UncategorizedSQLException("seed", null, e);
        }
        return new Sown(
                made, (int) people.stream().filter(NewAccounts.Person::isNew).count());
    }

    /// @param newPeople how many got an account for it
    public record Sown(int chats, int newPeople) {}

    private int sow(SeedPlan plan, List<NewAccounts.Person> people, Connection connection, IntConsumer progress)
            throws SQLException {
        SplittableRandom random = new SplittableRandom(plan.random());
        Instant now = clock.instant();
        List<ChatsInBulk.NewChat> batch = new ArrayList<>();
        int chatCount = 0;
        int waiting = 0;
        int written = 0;
        for (int i = 0; i < people.size(); i++) {
            List<Integer> sizes = plan.chatSizes(i, random);
            for (int j = 0; j < sizes.size(); j++) {
                // Most chats are recent; the newest of them is minutes old.
                double age = Math.pow((double) j / sizes.size(), 2);
                Instant end = now.minusSeconds((long) (PAST.toSeconds() * age));
                batch.add(MadeUpChat.of(people.get(i).id(), sizes.get(j), end, j == 0, random.split()));
                chatCount++;
                waiting += sizes.get(j);
                if (waiting >= BATCH) {
                    chats.write(connection, batch);
                    batch.clear();
                    written += waiting;
                    waiting = 0;
                    progress.accept(written);
                }
            }
        }
        chats.write(connection, batch);
        chats.settle(connection);
        return chatCount;
    }
}
