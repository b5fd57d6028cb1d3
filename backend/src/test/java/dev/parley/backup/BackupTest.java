package dev.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.database.TestDatabase;
import dev.parley.settings.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class BackupTest {
    private final List<TestDatabase> databases = new ArrayList<>();
    private final TestDatabase source = opened(TestDatabase.create());

    @TempDir
    private Path directory;

    @AfterEach
    void drop() {
        databases.forEach(TestDatabase::close);
    }

    @Test
    void whatIsMadeUnderLoadIsOneMomentAndComesBackWhole() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(2);
        Manifest made;
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                writing.add(people.submit(() -> {
                    UUID owner = Backups.account(source.jdbc());
                    do {
                        Backups.chat(source.jdbc(), owner, 50);
                        busy.countDown();
                    } while (!enough.get());
                }));
            }
            assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
            made = Backups.make(source, file("loaded.zip"));
            enough.set(true);
            for (Future<?> each : writing) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        TestDatabase target = opened(TestDatabase.empty());
        Backups.put(file("loaded.zip"), target, false);

        assertThat(count(target, "message")).isEqualTo(Backups.counts(made).get("message"));
        assertThat(target.jdbc().sql("""
                select count(*) from chat c
                 where c.message_count <> (select count(*) from message m where m.chat_id = c.id)
                """).query(Long.class).single()).isZero();
        Manifest again = Backups.make(target, file("again.zip"));
        assertThat(again.tables()).isEqualTo(made.tables());
        assertThat(again.sequences()).isEqualTo(made.sequences());
    }

    @Test
    void whatComesBackHasAllThatMigrationsMake() {
        Backups.make(source, file("empty.zip"));
        TestDatabase target = opened(TestDatabase.empty());
        Backups.put(file("empty.zip"), target, false);
        assertThat(target.schema()).isEqualTo(source.schema());
    }

    @Test
    void aSequenceGoesOnWhereItWas() {
        source.jdbc()
                .sql("select nextval('memory_seq') from generate_series(1, 41)")
                .query(Long.class)
                .list();
        Backups.make(source, file("counted.zip"));
        TestDatabase target = opened(TestDatabase.empty());
        Backups.put(file("counted.zip"), target, false);
        assertThat(target.jdbc()
                        .sql("select nextval('memory_seq')")
                        .query(Long.class)
                        .single())
                .isEqualTo(42);
    }

    @Test
    void theFirstSchemaWithDataIsBroughtUpToDate() {
        TestDatabase first = opened(TestDatabase.empty());
        migrate(first, "4");
        UUID owner = Backups.account(first.jdbc());
        Backups.chat(first.jdbc(), owner, 7);
        assertThat(Backups.make(first, file("first.zip")).schema()).isEqualTo("4");

        TestDatabase target = opened(TestDatabase.empty());
        Backups.put(file("first.zip"), target, false);

        assertThat(target.schema()).isEqualTo(source.schema());
        assertThat(count(target, "message")).isEqualTo(7);
        assertThat(count(target, "search_backlog"))
                .as("what that migration does with messages")
                .isEqualTo(1);
    }

    @Test
    void whatIsThereIsReplacedOnlyWhenToldSo() {
        UUID theirs = Backups.account(source.jdbc());
        Backups.chat(source.jdbc(), theirs, 3);
        Backups.make(source, file("theirs.zip"));
        TestDatabase target = opened(TestDatabase.create());
        UUID ours = Backups.account(target.jdbc());

        assertThatThrownBy(() -> Backups.put(file("theirs.zip"), target, false))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("1 accounts")
                .hasMessageContaining("--force");
        assertThat(accounts(target)).containsExactly(ours);

        Backups.put(file("theirs.zip"), target, true);
        assertThat(accounts(target)).containsExactly(theirs);
    }

    @Test
    void nothingIsPutBackUnderAServerThatRuns() {
        Backups.make(source, file("some.zip"));
        TestDatabase target = opened(TestDatabase.create());
        target.jdbc()
                .sql("insert into node (id, alive_until) values (gen_random_uuid(), now() + interval '1 hour')")
                .update();
        assertThatThrownBy(() -> Backups.put(file("some.zip"), target, true))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("stop each of its servers first");
    }

    @Test
    void whoWorkedWithTheOriginalDoesNotWorkHere() throws Exception {
        source.jdbc()
                .sql("insert into node (id, alive_until) values (gen_random_uuid(), now() + interval '1 hour')")
                .update();
        Backups.make(source, file("some.zip"));
        TestDatabase target = opened(TestDatabase.empty());
        Backups.put(file("some.zip"), target, false);
        assertThat(count(target, "node")).isZero();

        assertThat(Backups.put(asBefore("before.zip"), target, true).leftOut()).isEmpty();
        assertThat(count(target, "node")).isZero();
    }

    /// Of an earlier version, which backed that table up as well.
    private Path asBefore(String name) throws IOException, SQLException {
        byte[] row = "01936b00-0000-7000-8000-000000000001\t2099-01-01 00:00:00+00\n".getBytes(StandardCharsets.UTF_8);
        RowStream seen = new RowStream(_ -> {});
        seen.pass(row, 0, row.length);
        Manifest.Table node =
                new Manifest.Table("node", List.of("id", "alive_until"), seen.rows(), seen.bytes(), seen.sha256Hex());
        try (Draft draft = new Draft(file(name))) {
            draft.entry(Archive.TABLES + "node", out -> out.write(row));
            Manifest manifest =
                    new Manifest(Manifest.FORMAT, "1", "47", Instant.EPOCH, "", List.of(), List.of(node), List.of());
            draft.entry(Archive.MANIFEST, manifest::write);
            draft.finish();
        }
        return file(name);
    }

    @Test
    void somebodyElsesDatabaseIsLeftAlone() {
        Backups.make(source, file("some.zip"));
        TestDatabase target = opened(TestDatabase.empty());
        target.jdbc().sql("create table invoice (id bigint)").update();
        assertThatThrownBy(() -> Backups.put(file("some.zip"), target, true))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("not Parley's");
        assertThat(count(target, "invoice")).isZero();
    }

    /// As many others make their tables with the same library.
    @Test
    void somebodyElsesMigrationsAreNotTakenForOurs() {
        Backups.make(source, file("some.zip"));
        for (String version : List.of("7", "1.1")) {
            TestDatabase target = opened(TestDatabase.empty());
            target.jdbc().sql("create table invoice (id bigint)").update();
            target.jdbc().sql("""
                    create table flyway_schema_history (version text, script text, success boolean)
                    """).update();
            target.jdbc()
                    .sql(
                            "insert into flyway_schema_history values ('1', 'V1__invoices.sql', true), (:version, '', true)")
                    .param("version", version)
                    .update();
            assertThatThrownBy(() -> Backups.put(file("some.zip"), target, true))
                    .isInstanceOf(BackupFailure.class)
                    .hasMessageContaining("not Parley's");
            assertThat(count(target, "invoice")).isZero();
            assertThatThrownBy(() -> Backups.make(target, file("theirs.zip")))
                    .isInstanceOf(BackupFailure.class)
                    .hasMessageContaining("holds nothing of Parley");
        }
    }

    @Test
    void nothingIsPutBackWhileABackupIsMade() throws SQLException {
        Backups.make(source, file("some.zip"));
        try (Connection backup = source.unpooled().getConnection();
                Statement statement = backup.createStatement()) {
            statement.execute("select pg_advisory_lock(" + Backup.LOCK + ")");
            assertThatThrownBy(() -> Backups.put(file("some.zip"), source, true))
                    .isInstanceOf(BackupFailure.class)
                    .hasMessageContaining("is being made");
        }
    }

    @Test
    void aNewerOneIsRefused() {
        source.jdbc().sql("""
                insert into flyway_schema_history
                select installed_rank + 1, '9999', 'later', type, script, 1, installed_by, now(), 1, true
                  from flyway_schema_history order by installed_rank desc limit 1
                """).update();
        Backups.make(source, file("newer.zip"));
        TestDatabase target = opened(TestDatabase.create());
        UUID ours = Backups.account(target.jdbc());
        assertThatThrownBy(() -> Backups.put(file("newer.zip"), target, true))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("9999")
                .hasMessageContaining("newer");
        assertThat(accounts(target)).containsExactly(ours);
    }

    @Test
    void noByteCanBeAnotherOrMissing() throws IOException {
        Backups.account(source.jdbc());
        Path file = file("sound.zip");
        Backups.make(source, file);
        try (Archive archive = Archive.open(file)) {
            assertThatCode(() -> archive.verify(_ -> {})).doesNotThrowAnyException();
        }
        byte[] sound = Files.readAllBytes(file);
        Path damaged = file("damaged.zip");
        for (int i = 0; i < sound.length; i += 101) {
            byte[] bytes = sound.clone();
            bytes[i] ^= 1;
            assertRefused(Files.write(damaged, bytes));
            assertRefused(Files.write(damaged, Arrays.copyOf(sound, i)));
        }
        assertRefused(Files.write(damaged, Arrays.copyOf(sound, sound.length + 1)));
        TestDatabase target = opened(TestDatabase.empty());
        assertThatThrownBy(() -> Backups.put(damaged, target, true)).isInstanceOf(BackupFailure.class);
        assertThat(target.jdbc()
                        .sql("select count(*) from pg_tables where schemaname = 'public'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> Archive.open(file("none.zip")))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("there is no");
        assertThatThrownBy(() -> Backups.make(source, directory.resolve("nowhere/some.zip")))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("there is no");
    }

    @Test
    void aLinkStaysOneAndNothingButAFileIsReplaced() throws IOException {
        Path elsewhere = Files.createDirectory(file("elsewhere"));
        Path there = Files.writeString(elsewhere.resolve("there.zip"), "the one before");
        Path link = Files.createSymbolicLink(file("link.zip"), there);
        Backups.make(source, link);
        assertThat(link).isSymbolicLink();
        try (Archive archive = Archive.open(there)) {
            assertThatCode(() -> archive.verify(_ -> {})).doesNotThrowAnyException();
        }
        for (String odd : List.of("/dev/null", elsewhere.toString())) {
            assertThatThrownBy(() -> new Draft(Path.of(odd))).isInstanceOf(BackupFailure.class);
        }
    }

    /// An index of words that nobody may make, for example.
    @Test
    void whyTheTablesCannotBeMadeIsSaid() {
        Backups.make(source, file("some.zip"));
        TestDatabase target = opened(TestDatabase.empty());
        target.jdbc().sql("create schema checks").update();
        target.jdbc().sql("""
                create function checks.refuse() returns event_trigger language plpgsql as
                $$ begin raise exception 'nobody makes an index here'; end $$
                """).update();
        target.jdbc().sql("""
                create event trigger refuse on ddl_command_start when tag in ('CREATE INDEX')
                execute function checks.refuse()
                """).update();
        assertThatThrownBy(() -> Backups.put(file("some.zip"), target, false))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("is as it was: ERROR: nobody makes an index here");
        assertThat(target.jdbc()
                        .sql("select count(*) from pg_tables where schemaname = 'public'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aNodeStartsWhileABackupIsMade() throws SQLException {
        TestDatabase target = opened(TestDatabase.empty());
        try (Connection backup = target.unpooled().getConnection();
                Statement statement = backup.createStatement()) {
            statement.execute("select pg_advisory_lock(" + Backup.LOCK + ")");
            Flyway.configure().dataSource(target.unpooled()).load().migrate();
            Flyway.configure().dataSource(target.unpooled()).load().migrate();
        }
        assertThat(count(target, "account")).isZero();
    }

    @Test
    void aDatabaseWithoutTablesGivesNoBackup() {
        assertThatThrownBy(() -> Backups.make(opened(TestDatabase.empty()), file("none.zip")))
                .isInstanceOf(BackupFailure.class);
        assertThat(file("none.zip")).doesNotExist();
    }

    @Test
    void keysAreCarriedOnlyOnRequest() throws IOException {
        Secrets here = new Secrets(directory.resolve("here"), "", "");
        assertThat(here.jwtKey()).isNotEqualTo(here.secretKey());
        Backups.make(source, file("without.zip"), here, false);
        Backups.make(source, file("with.zip"), here, true);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("with.zip"))))
                .isEqualTo("rw-------");

        Secrets elsewhere = new Secrets(directory.resolve("elsewhere"), "", "");
        TestDatabase target = opened(TestDatabase.empty());
        assertThat(Backups.put(file("without.zip"), target, false, elsewhere).keyDiffers())
                .isTrue();
        assertThat(elsewhere.jwtKey()).isNotEqualTo(here.jwtKey());

        assertThat(Backups.put(file("with.zip"), target, true, elsewhere).keyDiffers())
                .isFalse();
        assertThat(elsewhere.jwtKey()).isEqualTo(here.jwtKey());
        assertThat(elsewhere.secretKey()).isEqualTo(here.secretKey());
    }

    @Test
    void whoHasTheDatabaseAloneMakesNoKeysForIt() {
        Secrets none = new Secrets(directory.resolve("laptop"), "", "");

        assertThatThrownBy(() -> Backups.make(source, file("with.zip"), none, true))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("no secrets");
        assertThat(Backups.make(source, file("without.zip"), none, false).keyId())
                .isEmpty();
        assertThat(directory.resolve("laptop")).doesNotExist();
        assertThat(file("with.zip")).doesNotExist();
        TestDatabase target = opened(TestDatabase.empty());
        assertThat(Backups.put(file("without.zip"), target, false).keyDiffers())
                .as("nobody knows")
                .isFalse();
    }

    @Test
    void whereKeysCannotBeWrittenNothingIsPutBack() throws IOException {
        Backups.make(source, file("with.zip"), Backups.secrets(directory), true);
        TestDatabase target = opened(TestDatabase.create());
        UUID ours = Backups.account(target.jdbc());
        Path data = Files.createDirectory(file("data"));
        Files.writeString(data.resolve("secrets"), "a file where the directory should be");

        assertThatThrownBy(() -> Backups.put(file("with.zip"), target, true, new Secrets(data, "", "")))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("the database is as it was");
        assertThat(accounts(target)).containsExactly(ours);
    }

    @Test
    void keysThatCannotBePutInTheirPlaceAreSaidSo() throws IOException {
        Backups.make(source, file("with.zip"), Backups.secrets(directory), true);
        TestDatabase target = opened(TestDatabase.create());
        Backups.account(target.jdbc());
        Path data = file("data");
        Files.createDirectories(data.resolve("secrets/jwt-key/in-the-way"));

        assertThatThrownBy(() -> Backups.put(file("with.zip"), target, true, new Secrets(data, "", "")))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("The database was put back, but the secrets were not");
        assertThat(accounts(target)).isEmpty();
    }

    @Test
    void aTableThatIsRewrittenMeanwhileIsWhole() throws Exception {
        Backups.account(source.jdbc());
        try (ExecutorService elsewhere = Executors.newSingleThreadExecutor();
                Connection migration = source.dataSource().getConnection();
                Statement statement = migration.createStatement()) {
            migration.setAutoCommit(false);
            statement.execute("lock table account in access exclusive mode");
            Future<Manifest> made = elsewhere.submit(() -> Backups.make(source, file("rewritten.zip")));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> source.jdbc().sql("""
                    select exists (select from pg_stat_activity
                                    where datname = current_database() and application_name = 'parley backup'
                                      and wait_event_type = 'Lock' and wait_event = 'relation')
                    """).query(Boolean.class).single());
            statement.execute("alter table account add column lot double precision not null default random()");
            migration.commit();

            assertThat(Backups.counts(made.get(1, TimeUnit.MINUTES)).get("account"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatItSaysOfItselfIsCompleteAndNotEndless() throws Exception {
        Path file = file("odd.zip");
        for (String manifest : List.of("{}", "null", "{\"format\": 1, \"tables\": []}", """
                {"format": 1, "version": "1", "schema": "1", "created_at": "2026-01-01T00:00:00Z", "key_id": "",
                 "secrets": [], "sequences": [], "tables": [null]}
                """, " ".repeat(5 << 20))) {
            Files.deleteIfExists(file);
            try (Draft draft = new Draft(file)) {
                draft.entry(Archive.MANIFEST, out -> out.write(manifest.getBytes(StandardCharsets.UTF_8)));
                draft.finish();
            }
            assertRefused(file);
        }
    }

    @Test
    void anEndlessKeyIsRefusedBeforeTheDatabaseIsTouched() throws Exception {
        try (Draft draft = new Draft(file("endless.zip"))) {
            draft.entry(Archive.SECRETS + "jwt-key", out -> out.write(new byte[1 << 20]));
            draft.entry(
                    Archive.MANIFEST,
                    out -> new Manifest(
                                    Manifest.FORMAT,
                                    "1",
                                    "1",
                                    Instant.EPOCH,
                                    "",
                                    List.of("jwt-key"),
                                    List.of(),
                                    List.of())
                            .write(out));
            draft.finish();
        }
        UUID ours = Backups.account(source.jdbc());

        assertThatThrownBy(() -> Backups.put(file("endless.zip"), source, true))
                .isInstanceOf(BackupFailure.class)
                .hasMessageContaining("too large");
        assertThat(accounts(source)).containsExactly(ours);
    }

    private static void assertRefused(Path file) {
        assertThatThrownBy(() -> Archive.open(file)).isInstanceOf(BackupFailure.class);
    }

    private TestDatabase opened(TestDatabase database) {
        databases.add(database);
        return database;
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private static void migrate(TestDatabase database, String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .target(version)
                .skipDefaultCallbacks(true)
                .load()
                .migrate();
    }

    private static long count(TestDatabase database, String table) {
        JdbcClient jdbc = database.jdbc();
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static List<@Nullable UUID> accounts(TestDatabase database) {
        return database.jdbc().sql("select id from account").query(UUID.class).list();
    }
}
