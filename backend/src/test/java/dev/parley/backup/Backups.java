package dev.parley.backup;

import dev.parley.database.Database;
import dev.parley.database.TestDatabase;
import dev.parley.settings.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    /// Everything that a migration makes, but for rows.
    static List<@Nullable String> schema(JdbcClient jdbc) {
        return jdbc.sql("""
                select 'column ' || c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                       || ' ' || a.attnotnull::text || ' ' || cast(a.attstorage as text) || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
                  from pg_class c join pg_attribute a on a.attrelid = c.oid
                  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
                 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
                union all
                select 'index ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid::text
                  from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace
                union all
                select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                       || ' ' || convalidated::text
                  from pg_constraint where connamespace = 'public'::regnamespace
                union all
                select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || cast(t.tgenabled as text)
                  from pg_trigger t where not t.tgisinternal
                union all
                select 'policy ' || p::text from pg_policies p
                union all
                select 'table ' || relname || ' ' || relrowsecurity::text || ' ' || coalesce(relacl::text, '')
                  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
                union all
                select 'function ' || pg_get_functiondef(p.oid)
                  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prolang <>
                       (select oid from pg_language where lanname = 'c')
                union all
                select 'migration ' || version || ' ' || checksum from flyway_schema_history where version is not null
                 order by 1
                """).query(String.class).list();
    }
}
