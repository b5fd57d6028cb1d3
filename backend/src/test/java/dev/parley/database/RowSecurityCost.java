package dev.parley.database;

import dev.parley.shared.Acting;
import dev.parley.shared.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What the second wall costs, as ratios against the same statements without it, taken in turns: `./parley bench
/// walls`.
final class RowSecurityCost {
    private static final int PEOPLE = 50;
    private static final int CHATS = 200;
    private static final int MESSAGES = 10;
    private static final int ROUNDS = 5;
    private static final int TIMES = 2_000;
    private static final AtomicReference<String> INLINE = new AtomicReference<>("");

    public static void main(String[] arguments) {
        try (TestDatabase test = TestDatabase.create();
                WalledDataSource plain = source(test, false);
                WalledDataSource walled = source(test, true)) {
            JdbcClient jdbc = JdbcClient.create(plain);
            fill(jdbc);
            List<UUID> owners = jdbc.sql("select id from account order by id")
                    .query((row, _) -> Objects.requireNonNull(row.getObject(1, UUID.class)))
                    .list();
            Map<String, double[]> ratios = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                int at = round;
                cases(plain, owners, false).forEach((name, without) -> {
                    Consumer<Integer> with =
                            Objects.requireNonNull(cases(walled, owners, true).get(name));
                    double base = time(without);
                    double walls = time(with);
                    ratios.computeIfAbsent(name, _ -> new double[2 * ROUNDS])[at] = walls / base;
                    ratios.get(name)[ROUNDS + at] = base;
                });
            }
            ratios.forEach((name, all) ->
                    System.out.printf("%-45s %6.1f µs  x %.2f%n", name, median(all, ROUNDS), median(all, 0)));
        }
    }

    private static double median(double[] all, int from) {
        double[] some = Arrays.copyOfRange(all, from, from + ROUNDS);
        Arrays.sort(some);
        return some[ROUNDS / 2];
    }

    private static double time(Consumer<Integer> work) {
        for (int i = 0; i < TIMES / 4; i++) {
            work.accept(i);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            work.accept(i);
        }
        return (System.nanoTime() - begun) / 1e3 / TIMES;
    }

    private static Map<String, Consumer<Integer>> cases(WalledDataSource source, List<UUID> owners, boolean walled) {
        JdbcClient jdbc = JdbcClient.create(source);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        return Map.of(
                "1 point read, another person each time",
                i -> as(owners.get(i % PEOPLE), owner -> read(jdbc, owner)),
                "2 point read, the same person",
                i -> as(owners.getFirst(), owner -> read(jdbc, owner)),
                "3 list of chats, another person",
                i -> as(owners.get(i % PEOPLE), owner -> list(jdbc, owner)),
                "4 transaction of a read and two writes, another",
                i -> as(
                        owners.get(i % PEOPLE),
                        owner -> transaction.executeWithoutResult(_ -> {
                            read(jdbc, owner);
                            write(jdbc, owner);
                            write(jdbc, owner);
                        })),
                "5 search, another person",
                i -> as(owners.get(i % PEOPLE), owner -> search(jdbc, owner, walled)));
    }

    private static void as(UUID owner, Consumer<UUID> work) {
        try (var _ = Acting.as(new UserId(owner))) {
            work.accept(owner);
        }
    }

    private static void read(JdbcClient jdbc, UUID owner) {
        jdbc.sql("select id, title from chat where owner_id = :owner and client_id = :owner")
                .param("owner", owner)
                .query((row, _) -> row.getString(2))
                .single();
    }

    private static void write(JdbcClient jdbc, UUID owner) {
        jdbc.sql("update chat set updated_at = now() where owner_id = :owner and client_id = :owner")
                .param("owner", owner)
                .update();
    }

    private static void list(JdbcClient jdbc, UUID owner) {
        jdbc.sql("""
                select c.id, c.title from chat c
                 where c.owner_id = :owner and c.is_archived = :archived and c.deleted_at is null and not c.is_temporary
                   and (:first or (c.is_pinned, c.active_at, c.id)
                                < (:pinned, cast(:active as timestamptz), cast(:id as uuid)))
                 order by c.is_pinned desc, c.active_at desc, c.id desc
                 limit :limit
                """)
                .param("owner", owner)
                .param("archived", false)
                .param("first", true)
                .param("pinned", false)
                .param("active", null)
                .param("id", null)
                .param("limit", 21)
                .query((row, _) -> row.getString(2))
                .list();
    }

    /// Without the wall as the statement was before there was a function for it.
    private static void search(JdbcClient jdbc, UUID owner, boolean walled) {
        String hits = walled
                ? "search_hits(:owner, :archived, cast(:words as tsquery))"
                : "(" + INLINE.updateAndGet(known -> known.isEmpty() ? inline(jdbc) : known) + ") h";
        jdbc.sql("select * from " + hits + " order by rank desc limit 21")
                .param("owner", owner)
                .param("archived", false)
                .param("words", "'" + owner.toString().substring(0, 8) + "w7'")
                .query((row, _) -> row.getObject(1))
                .list();
    }

    private static String inline(JdbcClient jdbc) {
        String source = jdbc.sql("select prosrc from pg_proc where proname = 'search_hits'")
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .single();
        return source.split("\\$q\\$", 3)[1]
                .replace("$1", ":owner")
                .replace("$2", ":archived")
                .replace("$3", "cast(:words as tsquery)");
    }

    private static WalledDataSource source(TestDatabase test, boolean walled) {
        DatabaseProperties properties = new DatabaseProperties(
                test.url(),
                Path.of("unused"),
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                List.of(),
                walled,
                false);
        return new WalledDataSource(Database.external(properties), properties);
    }

    private static void fill(JdbcClient jdbc) {
        jdbc.sql("""
                insert into account (id, email, email_key, username, username_key, date_joined)
                select id, id::text, id::text, id::text, id::text, now()
                  from (select gen_random_uuid() as id from generate_series(1, :people)) a
                """).param("people", PEOPLE).update();
        jdbc.sql("""
                insert into chat (id, owner_id, client_id, title, created_at, updated_at, active_at)
                select gen_random_uuid(), a.id, case when n = 1 then a.id end, 'Chat ' || n, now(), now(),
                       now() - n * interval '1 minute'
                  from account a, generate_series(1, :chats) n
                """).param("chats", CHATS).update();
        jdbc.sql("""
                insert into message (id, chat_id, owner_id, role, content, status, created_at)
                select gen_random_uuid(), c.id, c.owner_id, 'user', 'word', 'complete', now()
                  from chat c, generate_series(1, :messages) n
                """).param("messages", MESSAGES).update();
        jdbc.sql("""
                insert into message_search (message_id, owner_id, chat_id, tsv)
                select m.id, m.owner_id, m.chat_id,
                       array_to_tsvector(array[left(m.owner_id::text, 8) || 'w' || (row_number() over () % 50)])
                  from message m
                """).update();
        jdbc.sql("analyze").update();
    }

    private RowSecurityCost() {}
}
