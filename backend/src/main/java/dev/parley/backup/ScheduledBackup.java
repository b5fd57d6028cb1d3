package dev.parley.backup;

import dev.parley.jobs.Recurring;
import dev.parley.shared.HealthPart;
import dev.parley.shared.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes a backup whenever the newest in the directory is too old, and takes the oldest away. What there is in the
/// directory decides, so that a restart, another schedule or a failure needs no thought.
@Component
class ScheduledBackup implements Recurring, HealthPart {
    private static final Logger log = LoggerFactory.getLogger(ScheduledBackup.class);
    private static final double MEGABYTE = 1e6;

    private final Backup backup;
    private final BackupProperties properties;
    private final Roles roles;
    private final Clock clock;
    private final Instant began;
    private volatile boolean failed;

    ScheduledBackup(Backup backup, BackupProperties properties, Roles roles, Clock clock) {
        this.backup = backup;
        this.properties = properties;
        this.roles = roles;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public String name() {
        return "backup";
    }

    /// How often it looks.
    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        properties.place().map(Shelf::new).ifPresent(this::keepUp);
    }

    /// What fails in another way is told by whoever runs this.
    private void keepUp(Shelf shelf) {
        boolean done = false;
        try {
            if (isDue(shelf)) {
                make(shelf);
            }
            done = true;
        } catch (BackupFailure e) {
            log.error("No backup was made: {}", e.sentence());
        } catch (IOException e) {
            log.error("No backup was made: the directory {} cannot be used: {}.", shelf.directory(), e.toString());
        } finally {
            failed = !done;
        }
    }

    private boolean isDue(Shelf shelf) throws IOException {
        Instant now = clock.instant();
        Instant due = now.minus(properties.every());
        return shelf.newest(now).map(newest -> !newest.isAfter(due)).orElse(true);
    }

    private void make(Shelf shelf) throws IOException {
        if (!Files.exists(shelf.directory())) {
            Files.createDirectories(
                    shelf.directory(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Instant now = clock.instant();
        Path file = shelf.at(now);
        Backup.Made made = onItsOwnThread(file);
        int gone = shelf.tidy(properties.keep(), now);
        log.info(
                "Backed up {} rows to {} ({} MB); {} older backups were taken away.",
                made.manifest().rows(),
                file,
                "%.1f".formatted(made.bytes() / MEGABYTE),
                gone);
    }

    /// Compressing takes minutes, for which a virtual thread would keep others from running.
    private Backup.Made onItsOwnThread(Path file) {
        CompletableFuture<Backup.Made> made = new CompletableFuture<>();
        Thread.ofPlatform().name("backup").daemon().start(() -> {
            try {
                made.complete(backup.make(file, false, _ -> {}));
            } catch (Throwable e) {
                // Whatever it is: who waits for it would wait for ever.
                made.completeExceptionally(e);
            }
        });
        try {
            return made.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BackupFailure failure ? failure : e;
        }
    }

    @Override
    public State state() {
        Optional<Path> place = properties.place();
        // Who makes none cannot tell: the directory may be on another machine.
        if (place.isEmpty() || !roles.has(Roles.Role.WORKER)) {
            return State.DISABLED;
        }
        try {
            Instant now = clock.instant();
            Shelf shelf = new Shelf(place.get());
            Optional<Instant> newest = shelf.newest(now);
            if (failed) {
                return State.degraded("The last backup could not be made; the log says why.");
            }
            List<Path> wrong = shelf.ofTheFuture(now);
            if (!wrong.isEmpty()) {
                return State.degraded("The backup " + wrong.getFirst().getFileName()
                        + " is dated in the future: a clock is or was wrong. It is neither counted nor taken away.");
            }
            if (newest.isEmpty()) {
                return now.isBefore(began.plus(properties.every()))
                        ? State.ok()
                        : State.degraded("There is no backup yet.");
            }
            return newest.get().isBefore(now.minus(properties.every().multipliedBy(2)))
                    ? State.degraded("The newest backup is of " + newest.get() + ".")
                    : State.ok();
        } catch (IOException e) {
            return State.degraded("The directory of backups cannot be read.");
        }
    }
}
