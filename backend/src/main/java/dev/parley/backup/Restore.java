package dev.parley.backup;

import dev.parley.database.Database;
import dev.parley.settings.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.stereotype.Service;

/// Puts a backup back. All of it happens in one transaction: what fails, or is killed, has changed nothing.
///
/// The tables are made as they were when the backup was made, filled, and brought up to date by the same migrations
/// that
/// would have brought the original up to date.
@Service
public class Restore {
    /// Indexing what was loaded is one statement.
    private static final Duration LONGEST_STATEMENT = Duration.ofHours(12);

    private final Database database;
    private final Secrets secrets;

    Restore(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /// @param leftOut tables of the file that are not Parley's
    /// @param keyDiffers what is encrypted in the backup cannot be opened with the `SECRET_KEY` that counts here
    public record Restored(Manifest manifest, List<String> leftOut, boolean keyDiffers) {}

    /// @param force whether what the database holds may be replaced
    /// @param progress told now and then how many rows of a table are loaded
    /// @throws BackupFailure with one sentence; the database is as it was
    public Restored put(Path file, boolean force, LongConsumer progress) {
        try (Archive archive = Archive.open(file);
                Secrets.Successors keys = secrets.successors(archive.secrets())) {
            List<String> leftOut;
            try (Connection connection = database.connect("restore", LONGEST_STATEMENT)) {
                connection.setAutoCommit(false);
                refuseUnfit(new Schema(connection), force);
                refuseNewer(archive.manifest(), connection);
                leftOut = replace(archive, connection, progress);
                connection.commit();
            }
            take(keys);
            return new Restored(archive.manifest(), leftOut, keyDiffers(archive.manifest()));
        } catch (SQLException e) {
            throw BackupFailure.of("The backup could not be put back, and the database is as it was", e);
        } catch (FlywayException e) {
            throw BackupFailure.of("The tables could not be made, and the database is as it was", reason(e));
        } catch (IOException e) {
            throw BackupFailure.of("The backup " + file + " could not be put back, and the database is as it was", e);
        }
    }

    /// What was said first: what follows is that the transaction is aborted.
    private static SQLException reason(FlywayException failure) {
        SQLException first = new SQLException(failure.getMessage(), failure);
        for (Throwable each = failure.getCause(); each != null; each = each.getCause()) {
            if (each instanceof SQLException found) {
                first = found;
            }
        }
        return first;
    }

    /// The database is another by now, so that this has a sentence of its own.
    private static void take(Secrets.Successors keys) {
        try {
            keys.take();
        } catch (IOException e) {
            throw BackupFailure.of(
                    "The database was put back, but the secrets were not: restore again with --force when "
                            + "data/secrets can be written",
                    e);
        }
    }

    private boolean keyDiffers(Manifest manifest) {
        return !manifest.keyId().isEmpty() && !secrets.keyId().equals(Optional.of(manifest.keyId()));
    }

    private static void refuseNewer(Manifest manifest, Connection connection) {
        Set<MigrationVersion> known = Arrays.stream(
                        migrations(connection).load().info().all())
                .filter(migration -> migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .collect(Collectors.toSet());
        if (!known.contains(MigrationVersion.fromVersion(manifest.schema()))) {
            throw new BackupFailure("The backup was made by Parley " + manifest.version()
                    + ", whose database has version " + manifest.schema()
                    + ", and this program does not know that; use that version or a newer one.");
        }
    }

    private static void refuseUnfit(Schema schema, boolean force) throws SQLException {
        if ("f".equals(schema.one("select pg_try_advisory_xact_lock(" + Backup.LOCK + ")"))) {
            throw new BackupFailure("A backup of this database is being made, or put back; wait for its end.");
        }
        Stillness.require(schema);
        if (schema.version().isEmpty()) {
            if (!schema.tables().isEmpty()) {
                throw new BackupFailure("The database holds tables that are not Parley's; give it one of its own.");
            }
            return;
        }
        if (!force && schema.exists("account") && "t".equals(schema.one("select exists (select from account)"))) {
            throw new BackupFailure("The database holds " + schema.one("select count(*) from account")
                    + " accounts already. Say --force to replace all that it holds.");
        }
    }

    private static List<String> replace(Archive archive, Connection connection, LongConsumer progress)
            throws SQLException, IOException {
        Schema schema = new Schema(connection);
        schema.run(
                "set local datestyle = 'ISO, YMD'",
                "set local timezone = 'UTC'",
                "set local intervalstyle = 'postgres'",
                "set local statement_timeout = 0",
                "set local lock_timeout = '60s'",
                "set local idle_in_transaction_session_timeout = 0",
                // That an extension is there already is no news.
                "set local client_min_messages = warning",
                // Otherwise what a migration changes waits to be checked, and the next cannot alter that table.
                "set constraints all immediate");
        schema.run(schema.statements(DROP_ALL));
        // Roles and rules for rows are for the schema of this version alone.
        migrations(connection)
                .target(archive.manifest().schema())
                .skipDefaultCallbacks(true)
                .load()
                .migrate();
        List<String> leftOut = load(archive, connection, progress);
        // Nothing is there but what was made just now.
        migrations(connection).validateOnMigrate(false).load().migrate();
        schema.run(schema.statements(ANALYZE_ALL));
        return leftOut;
    }

    private static FluentConfiguration migrations(Connection connection) {
        return Flyway.configure().dataSource(OneTransaction.of(connection)).validateMigrationNaming(true);
    }

    private static List<String> load(Archive archive, Connection connection, LongConsumer progress)
            throws SQLException, IOException {
        Schema schema = new Schema(connection);
        Set<Schema.Table> targets = new HashSet<>(schema.tables());
        Set<String> names = targets.stream().map(Schema.Table::name).collect(Collectors.toSet());
        // Made again when the rows are there, which is a matter of minutes instead of hours, and needs no order of
        // tables.
        List<String> indexes = schema.statements(INDEXES);
        List<String> references = schema.statements(REFERENCES);
        schema.run(schema.statements(DROP_REFERENCES));
        schema.run(schema.statements(DROP_INDEXES));
        schema.run(schema.statements(TRIGGERS.formatted("disable")));
        schema.run(schema.statements(EMPTY_ALL));

        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        List<String> leftOut = new ArrayList<>();
        for (Manifest.Table table : archive.manifest().tables()) {
            if (table.name().equals(Stillness.TABLE)) {
                continue; // who worked with the original when an earlier version backed it up
            }
            if (!names.contains(table.name())) {
                leftOut.add(table.name());
                continue;
            }
            String copy = new Schema.Table(table.name(), table.columns()).copy(connection, "from stdin");
            try (Archive.Rows rows = archive.rows(table, progress)) {
                copies.copyIn(copy, rows);
                rows.requireWhole();
            }
        }
        setSequences(connection, archive.manifest().sequences());

        schema.run(schema.statements(TRIGGERS.formatted("enable")));
        schema.run(indexes);
        schema.run(references);
        return leftOut;
    }

    private static void setSequences(Connection connection, List<Manifest.Sequence> sequences) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("""
                select setval(c.oid, ?) from pg_class c
                 where c.relnamespace = current_schema()::regnamespace and c.relkind = 'S' and c.relname = ?
                """)) {
            for (Manifest.Sequence sequence : sequences) {
                if (sequence.last() != null) {
                    set.setLong(1, sequence.last());
                    set.setString(2, sequence.name());
                    set.execute();
                }
            }
        }
    }

    /// Whatever stands in the schema and is not an extension's.
    private static final String DROP_ALL = """
            select statement
              from (select 1, format('drop %s if exists %s cascade',
                                     case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
                                                    when 'S' then 'sequence' else 'table' end,
                                     c.oid::regclass)
                      from pg_class c
                     where c.relnamespace = current_schema()::regnamespace
                       and c.relkind in ('r', 'p', 'v', 'm', 'S')
                       and not exists (select from pg_depend d
                                        where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                          and d.deptype in ('e', 'a', 'i'))
                    union all
                    select 2, format('drop routine if exists %s cascade', p.oid::regprocedure)
                      from pg_proc p
                     where p.pronamespace = current_schema()::regnamespace
                       and not exists (select from pg_depend d
                                        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
                    union all
                    select 3, format('drop type if exists %s cascade', t.oid::regtype)
                      from pg_type t
                     where t.typnamespace = current_schema()::regnamespace and t.typtype in ('e', 'd')
                       and not exists (select from pg_depend d
                                        where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
                   ) as all_of_it (step, statement)
             order by step
            """;

    private static final String OURS = """
             c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
               and c.relname <> 'flyway_schema_history'
            """;

    private static final String EMPTY_ALL = """
            select format('truncate %s', string_agg(c.oid::regclass::text, ', ')) from pg_class c where
            """ + OURS;

    private static final String ANALYZE_ALL = """
            select format('analyze %s', c.oid::regclass) from pg_class c where
            """ + OURS;

    private static final String TRIGGERS = """
            select format('alter table %%s %s trigger user', c.oid::regclass) from pg_class c where
            """ + OURS;

    /// Without those of primary keys and of what is unique, which are kept.
    private static final String OF_INDEXES = """
              from pg_index i join pg_class c on c.oid = i.indrelid
             where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
               and
            """ + OURS;

    private static final String INDEXES = "select pg_get_indexdef(i.indexrelid) " + OF_INDEXES;

    private static final String DROP_INDEXES = "select format('drop index %s', i.indexrelid::regclass) " + OF_INDEXES;

    private static final String OF_REFERENCES = """
              from pg_constraint k join pg_class c on c.oid = k.conrelid
             where k.contype = 'f' and
            """ + OURS;

    private static final String REFERENCES = """
            select format('alter table %s add constraint %I %s', c.oid::regclass, k.conname, pg_get_constraintdef(k.oid))
            """ + OF_REFERENCES;

    private static final String DROP_REFERENCES = """
            select format('alter table %s drop constraint %I', c.oid::regclass, k.conname)
            """ + OF_REFERENCES;
}
