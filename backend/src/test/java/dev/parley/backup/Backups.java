package dev.parley.backup;

import dev.parley.database.Database;
import dev.parley.database.TestDatabase;
import dev.parley.settings.Secrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Backups of databases of tests, and what there is to compare.
final class Backups {
    private static final String QUIET_KEY = "a key that is long enough for its purpose";

    private Backups() {}

    static Secrets secrets(Path data) {
        return new Secrets(data, QUIET_KEY, QUIET_KEY);
    }

    static Manifest make(TestDatabase of, Path file) {
        return make(of, file, secrets(file.resolveSibling("unused")), false);
    }

    static Manifest make(TestDatabase of, Path file, Secrets secrets, boolean withSecrets) {
        try (Database database = of.shared()) {
            return new Backup(database, secrets, "0.0.1")
                    .make(file, withSecrets, _ -> {})
                    .manifest();
        }
    }

    static Restore.Restored put(Path file, TestDatabase into, boolean force) {
        return put(file, into, force, secrets(file.resolveSibling("unused")));
    }

    static Restore.Restored put(Path file, TestDatabase into, boolean force, Secrets secrets) {
        try (Database database = into.shared()) {
            return new Restore(database, secrets).put(file, force, _ -> {});
        }
    }

    static Map<String, Long> counts(Manifest manifest) {
        return manifest.tables().stream().collect(Collectors.toMap(Manifest.Table::name, Manifest.Table::rows));
    }

    static UUID account(JdbcClient jdbc) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                insert into account (id, email, email_key, username, username_key, date_joined)
                values (:id, :name, :name, :name, :name, now())
                """).param("id", id).param("name", id.toString()).update();
        return id;
    }

    /// A chat whose number of messages is what it says.
    static void chat(JdbcClient jdbc, UUID owner, int messages) {
        UUID chat = UUID.randomUUID();
        jdbc.sql("""
                with chat as (
                    insert into chat (id, owner_id, title, message_count, created_at, updated_at, active_at)
                    values (:chat, :owner, 'Tabs	and
                lines \\ and \\N', :messages, now(), now(), now())
                    returning id
                )
                insert into message (id, chat_id, owner_id, role, content, status, created_at)
                select gen_random_uuid(), chat.id, :owner, 'user', 'What is ' || n || '? ' || repeat('Grüße 🦊 ', 20),
                       'complete', now()
                  from chat, generate_series(1, :messages) n
                """)
                .param("chat", chat)
                .param("owner", owner)
                .param("messages", messages)
                .update();
    }
}
