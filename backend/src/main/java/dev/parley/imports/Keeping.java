package dev.parley.imports;

import dev.parley.imports.ImportFiles.Kept;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import dev.parley.shared.Acting;
import dev.parley.shared.Outage;
import dev.parley.shared.Roles;
import dev.parley.shared.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks after the files that wait with this node, at the start and now and then: says of those that are wanted that
/// they are there, so that no other node takes them for lost, has them read, and deletes those that nobody wants any
/// more.
@Component
class Keeping implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Keeping.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);
    /// A file comes before its row does.
    private static final Duration YOUNG = Duration.ofHours(1);

    private final ImportRepository imports;
    private final ImportFiles files;
    private final Jobs jobs;
    private final Roles roles;
    private final Clock clock;
    private @Nullable Ticker ticker;

    Keeping(ImportRepository imports, ImportFiles files, Jobs jobs, Roles roles, Clock clock) {
        this.imports = imports;
        this.files = files;
        this.jobs = jobs;
        this.roles = roles;
        this.clock = clock;
    }

    /// Only where imports are read: what nobody there speaks for ends as lost, and may be sent again.
    @Override
    public boolean isAutoStartup() {
        return roles.has(Roles.Role.WEB);
    }

    @Override
    public void start() {
        ticker = Ticker.start("imports", PERIOD, this::beat);
    }

    @Override
    public void stop() {
        if (ticker != null) {
            ticker.close();
        }
        ticker = null;
    }

    @Override
    public boolean isRunning() {
        return ticker != null;
    }

    private void beat() {
        try (var _ = Acting.asServer()) {
            look();
        } catch (RuntimeException e) {
            if (!Outage.isOne(e)) {
                throw e;
            }
        }
    }

    void look() {
        Instant now = clock.instant();
        List<Kept> here = files.all();
        Set<UUID> wanted =
                new HashSet<>(imports.isHere(here.stream().map(Kept::id).toList(), now));
        for (Kept file : here) {
            if (wanted.contains(file.id())) {
                // It waits for that already, unless its job was given up.
                jobs.enqueue(ImportJob.NAME, new Subject(file.owner(), file.id()).toString(), Duration.ZERO);
            } else if (file.since().isBefore(now.minus(YOUNG))) {
                log.info("The file of import {} is wanted no more, and deleted.", file.id());
                files.delete(file.owner(), file.id());
            }
        }
        // Nobody has their files: somebody says that these are lost.
        for (Subject forgotten : imports.untouchedSince(now.minus(ImportJob.GIVEN_UP))) {
            jobs.enqueue(ImportJob.NAME, forgotten.toString(), Duration.ZERO);
        }
    }
}
