package dev.parley.imports;

import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.Ids;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.multipart.MultipartFile;

/// Taking over what people bring along.
@Service
public class Imports {
    private final ImportRepository imports;
    private final ImportFiles files;
    private final ImportRun run;
    private final Jobs jobs;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Imports(
            ImportRepository imports,
            ImportFiles files,
            ImportRun run,
            Jobs jobs,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.imports = imports;
        this.files = files;
        this.run = run;
        this.jobs = jobs;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /// @throws ParleyException CONFLICT while another of the person's is worked on
    void refuseSecond(UserId owner) {
        if (imports.isBusy(owner)) {
            throw another();
        }
    }

    static ParleyException another() {
        return new ParleyException(
                CommonError.CONFLICT, "Another file of yours is being imported. Wait until it is done.");
    }

    /// Keeps a file; what is in it follows in the background.
    ///
    /// @throws ParleyException CONFLICT while another of the person's is worked on
    ChatImport begin(UserId owner, MultipartFile file, boolean remember) {
        UUID id = Ids.next();
        files.keep(owner, id, file);
        try {
            transaction.executeWithoutResult(_ -> {
                imports.insert(id, owner, remember, clock.instant());
                jobs.enqueue(ImportJob.NAME, new Subject(owner, id).toString(), Duration.ZERO);
            });
        } catch (DuplicateKeyException e) {
            files.delete(owner, id);
            throw another();
        } catch (RuntimeException e) {
            files.delete(owner, id);
            throw e;
        }
        return get(owner, id);
    }

    ChatImport get(UserId owner, UUID id) {
        return imports.find(owner, id).orElseThrow(() -> ParleyException.notFound("import"));
    }

    Page<ChatImport> list(UserId owner, PageRequest page) {
        List<ChatImport> rows = imports.list(owner, Cursor.parse(page.cursor(), 1), page.limit() + 1);
        return Page.of(rows, page.limit(), last -> Cursor.of(last.id()));
    }

    /// What came of a file that was read at once.
    ///
    /// @param skipped how often, by a word for the reason
    public record Outcome(String format, int total, int imported, Map<String, Integer> skipped) {}

    /// Reads a file of this machine, and returns when it is done.
    ///
    /// @param progress told now and then how many chats were looked at
    /// @throws ParleyException VALIDATION_ERROR when it cannot be read
    public Outcome read(UserId owner, Path path, boolean remember, IntConsumer progress) {
        try {
            SourceFile file = SourceFile.of(path);
            ImportRun.Looked looked = run.look(file);
            Tally tally = run.write(owner, file, remember, Tally.NOTHING, (_, now) -> progress.accept(now.done()));
            if (remember && tally.imported() > 0) {
                events.publishEvent(new ChatsImported(owner));
            }
            Map<String, Integer> skipped = new TreeMap<>();
            tally.skipped().forEach((reason, count) -> skipped.put(reason.word(), count));
            return new Outcome(looked.format().word(), looked.total(), tally.imported(), skipped);
        } catch (Refused refused) {
            throw ParleyException.invalid("file", refused.sentence());
        } catch (IOException e) {
            throw new UncheckedIOException("The file could not be read", e);
        }
    }
}
