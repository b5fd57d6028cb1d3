package dev.parley.imports;

import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import dev.parley.shared.Outage;
import dev.parley.shared.Roles.Role;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Takes a file over that somebody sent. Where it is interrupted, whoever goes on begins behind what is written.
///
/// The file lies with the node that took it: any other puts the work back for that one to find.
@Component
class ImportJob implements Job {
    static final String NAME = "import-chats";

    private static final Logger log = LoggerFactory.getLogger(ImportJob.class);
    private static final Duration ELSEWHERE = Duration.ofSeconds(2);
    /// Who has the file says so more often than this.
    static final Duration GIVEN_UP = Duration.ofHours(1);

    /// Servers stop, and are killed for what others do; but not so often before anything is written.
    private static final int MOST_TRIES = 20;

    private final ImportRepository imports;
    private final ImportFiles files;
    private final ImportRun run;
    private final Jobs jobs;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ImportJob(
            ImportRepository imports,
            ImportFiles files,
            ImportRun run,
            Jobs jobs,
            ApplicationEventPublisher events,
            Clock clock) {
        this.imports = imports;
        this.files = files;
        this.run = run;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Role role() {
        return Role.WEB;
    }

    /// A large file keeps a core and a disk busy.
    @Override
    public int atOnce() {
        return 1;
    }

    /// A database that is away is waited for through a night.
    @Override
    public int attempts() {
        return 14;
    }

    @Override
    public void run(String subject) {
        Subject about = Subject.parse(subject);
        ChatImport wanted = imports.find(about.owner(), about.id()).orElse(null);
        if (wanted == null || wanted.isOver()) {
            files.delete(about.owner(), about.id());
            return;
        }
        if (!Files.exists(files.path(about.owner(), about.id()))) {
            if (wanted.updatedAt().isBefore(clock.instant().minus(GIVEN_UP))) {
                imports.end(about.owner(), about.id(), "The file is lost. Send it again.", clock.instant());
                return;
            }
            jobs.enqueue(NAME, subject, ELSEWHERE);
            return;
        }
        String failure = imports.tryOnce(wanted.owner(), wanted.id()) > MOST_TRIES
                ? "The server could not import it, although it tried many times."
                : takeOver(wanted);
        imports.end(wanted.owner(), wanted.id(), failure, clock.instant());
        files.delete(wanted.owner(), wanted.id());
    }

    /// @return why it cannot be taken over, or not to its end; null when it was
    private @Nullable String takeOver(ChatImport wanted) {
        UserId owner = wanted.owner();
        UUID id = wanted.id();
        try {
            SourceFile file = SourceFile.of(files.path(owner, id));
            if (wanted.total() == 0) {
                ImportRun.Looked looked = run.look(file);
                imports.begin(owner, id, looked.format(), looked.total(), clock.instant());
            }
            Tally tally = run.write(
                    owner,
                    file,
                    wanted.remember(),
                    wanted.tally(),
                    (connection, now) -> imports.note(connection, id, now, clock.instant()));
            log.info("Import {} is done: {} of {} chats are new.", id, tally.imported(), tally.done());
            if (wanted.remember() && tally.imported() > 0) {
                events.publishEvent(new ChatsImported(owner));
            }
            return null;
        } catch (Refused refused) {
            log.info("Import {} was refused: {}", id, refused.sentence());
            return refused.sentence();
        } catch (CancellationException e) {
            // This server stops: what is written stays, and the rest follows.
            throw e;
        } catch (RuntimeException e) {
            if (Outage.isOne(e)) {
                // It may be over soon: what is written stays, and the rest follows.
                throw e;
            }
            return failed(id, e);
        } catch (IOException e) {
            return failed(id, e);
        }
    }

    private static String failed(UUID id, Exception failure) {
        log.error("Import {} failed.", id, failure);
        return "Something went wrong on the server.";
    }
}
