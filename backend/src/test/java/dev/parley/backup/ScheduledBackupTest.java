package dev.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.SettableClock;
import dev.parley.database.Database;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScheduledBackupTest {
    private static final Duration EVERY = Duration.ofHours(24);

    private final TestDatabase database = TestDatabase.create();
    private final Database opened = database.shared();
    private final SettableClock clock = new SettableClock();
    private Roles roles = Roles.BOTH;

    @TempDir
    private Path directory;

    @AfterEach
    void drop() {
        opened.close();
        database.close();
    }

    @Test
    void oneIsMadeWhenItIsDueAndTheOldestGoes() throws IOException {
        Path shelf = directory.resolve("backups");
        ScheduledBackup scheduled = scheduled(shelf);
        scheduled.run();
        List<Path> first = files(shelf);
        assertThat(first).hasSize(1);
        scheduled.run();
        clock.pass(EVERY.minusMinutes(1));
        scheduled.run();
        assertThat(files(shelf)).as("none is due").isEqualTo(first);

        clock.pass(Duration.ofMinutes(1));
        scheduled.run();
        clock.pass(EVERY);
        scheduled(shelf).run();
        assertThat(files(shelf)).hasSize(2).doesNotContainAnyElementsOf(first);
        for (Path each : files(shelf)) {
            try (Archive archive = Archive.open(each)) {
                assertThatCode(() -> archive.verify(_ -> {})).doesNotThrowAnyException();
            }
        }
        assertThat(scheduled.state().status()).isEqualTo("ok");
    }

    @Test
    void onlyWhatItMadeIsTakenAway() throws IOException {
        Path mine = Files.writeString(directory.resolve("backup.zip"), "mine");
        Path alike = Files.writeString(directory.resolve("parley-before-upgrade.zip"), "mine too");
        Path left = Files.writeString(directory.resolve(".parley-2026-01-01T000000Z.zip.1.part"), "half");
        Path foreign = Files.writeString(directory.resolve(".parley-before-upgrade.zip.1.part"), "not ours");
        ScheduledBackup scheduled = scheduled(directory);
        for (int i = 0; i < 4; i++) {
            scheduled.run();
            clock.pass(EVERY);
        }
        assertThat(files(directory)).hasSize(5).contains(mine, alike, foreign).doesNotContain(left);
    }

    @Test
    void whatAKilledOneLeftGoesBeforeTheNextIsMade() throws IOException {
        Path left = Files.writeString(directory.resolve(".parley-2026-01-01T000000Z.zip.1.part"), "half");
        try (Draft _ = new Draft(new Shelf(directory).at(clock.instant()))) {
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void oneOfTheFutureStopsNoOther() throws IOException {
        Path wrong = new Shelf(directory).at(clock.instant().plus(Duration.ofDays(400)));
        Files.writeString(wrong, "of a clock that was wrong");
        ScheduledBackup scheduled = scheduled(directory);
        for (int i = 0; i < 3; i++) {
            scheduled.run();
            clock.pass(EVERY);
        }
        assertThat(files(directory))
                .as("two that are kept, and that one")
                .hasSize(3)
                .contains(wrong);
        assertThat(scheduled.state().status()).isEqualTo("degraded");
        assertThat(scheduled.state().detail())
                .contains(String.valueOf(wrong.getFileName()))
                .contains("in the future");
        Files.delete(wrong);
        assertThat(scheduled.state().status()).isEqualTo("ok");
    }

    @Test
    void aNameOfNoDateIsSomebodyElses() throws IOException {
        Path odd = Files.writeString(directory.resolve("parley-2026-13-01T000000Z.zip"), "mine");
        ScheduledBackup scheduled = scheduled(directory);
        scheduled.run();
        assertThat(files(directory)).hasSize(2).contains(odd);
        assertThat(scheduled.state().status()).isEqualTo("ok");
    }

    @Test
    void healthSaysWhenThereIsNone() throws IOException {
        assertThat(scheduled("").state().status()).isEqualTo("disabled");

        ScheduledBackup scheduled = scheduled(directory);
        scheduled.run();
        clock.pass(EVERY.multipliedBy(2).plusSeconds(1));
        assertThat(scheduled.state().status()).isEqualTo("degraded");
        assertThat(scheduled.state().detail()).contains("newest backup is of");

        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        ScheduledBackup nowhere = scheduled(file);
        nowhere.run();
        assertThat(nowhere.state().status()).isEqualTo("degraded");
    }

    @Test
    void aFailureIsToldUntilTheNextSuccess() throws IOException {
        Path blocked = Files.writeString(directory.resolve("blocked"), "a file where the directory should be");
        ScheduledBackup scheduled = scheduled(blocked.resolve("backups"));
        scheduled.run();
        assertThat(scheduled.state().status()).isEqualTo("degraded");
        Files.delete(blocked);
        scheduled.run();
        assertThat(scheduled.state().status()).isEqualTo("ok");
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverEndsItIsAFailure() throws IOException {
        for (Throwable end : List.of(new OutOfMemoryError("of a test"), new IllegalStateException("of a test"))) {
            AtomicBoolean broken = new AtomicBoolean(true);
            Path shelf = directory.resolve(end.getClass().getSimpleName());
            ScheduledBackup scheduled =
                    scheduled(shelf.toString(), new Backup(opened, Backups.secrets(directory), "0.0.1") {
                        @Override
                        public Made make(Path file, boolean withSecrets, LongConsumer progress) {
                            if (broken.get()) {
                                throw sneaky(end);
                            }
                            return super.make(file, withSecrets, progress);
                        }
                    });
            assertThatThrownBy(scheduled::run).hasRootCause(end);
            assertThat(scheduled.state().status()).isEqualTo("degraded");

            broken.set(false);
            scheduled.run();
            assertThat(scheduled.state().status()).isEqualTo("ok");
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable any) throws T {
        throw (T) any;
    }

    @Test
    void noneAtAllIsAFailureOnceOneShouldBeThere() {
        ScheduledBackup scheduled = scheduled(directory);
        assertThat(scheduled.state().status()).as("it was just set up").isEqualTo("ok");

        clock.pass(EVERY);

        assertThat(scheduled.state().status()).isEqualTo("degraded");
        assertThat(scheduled.state().detail()).contains("no backup");
        scheduled.run();
        assertThat(scheduled.state().status()).isEqualTo("ok");
    }

    @Test
    void whoMakesNoneDoesNotTellOfThem() {
        roles = new Roles(Set.of(Roles.Role.WEB));
        ScheduledBackup scheduled = scheduled(directory);

        clock.pass(EVERY);

        assertThat(scheduled.state().status()).isEqualTo("disabled");
    }

    private ScheduledBackup scheduled(Path place) {
        return scheduled(place.toString());
    }

    private ScheduledBackup scheduled(String place) {
        return scheduled(place, new Backup(opened, Backups.secrets(directory), "0.0.1"));
    }

    private ScheduledBackup scheduled(String place, Backup backup) {
        return new ScheduledBackup(backup, new BackupProperties(place, EVERY, 2), roles, clock);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
