package dev.parley.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.util.unit.DataSize;

/// What becomes of files that wait, of their rows, and of whoever sends another.
@ApiTest
class KeepingTest {
    private static final String IMPORTS = "/api/v1/imports/";
    private static final long PLENTY = 100L << 30;
    private static final byte[] FILE = Archives.json(List.of(Archives.chatGpt("kept", "Kept", "Hi", "Hello")));

    private final Keeping keeping;
    private final ImportFiles files;
    private final ImportRepository rows;
    private final Imports imports;
    private final ImportJob job;
    private final ImportRun run;
    private final UploadGate gate;
    private final Jobs jobs;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final JdbcClient jdbc;
    private final Api api;
    private final UserId owner;

    KeepingTest(
            @LocalServerPort int port,
            @Autowired Keeping keeping,
            @Autowired ImportFiles files,
            @Autowired ImportRepository rows,
            @Autowired Imports imports,
            @Autowired ImportJob job,
            @Autowired ImportRun run,
            @Autowired UploadGate gate,
            @Autowired Jobs jobs,
            @Autowired ApplicationEventPublisher events,
            @Autowired Clock clock,
            @Autowired JdbcClient jdbc) {
        Api anyone = new Api(port);
        Api.Account account = anyone.register();
        api = anyone.as(account);
        owner = new UserId(UUID.fromString(account.id()));
        this.keeping = keeping;
        this.files = files;
        this.rows = rows;
        this.imports = imports;
        this.job = job;
        this.run = run;
        this.gate = gate;
        this.jobs = jobs;
        this.events = events;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /// @param age of the row, since somebody said anything of it
    private UUID row(Duration age) {
        UUID id = Ids.next();
        rows.insert(id, owner, false, clock.instant());
        jdbc.sql("update chat_import set updated_at = :then where id = :id")
                .param("then", OffsetDateTime.ofInstant(clock.instant().minus(age), ZoneOffset.UTC))
                .param("id", id)
                .update();
        return id;
    }

    private Path file(UUID id, Duration age) throws IOException {
        Path path = Files.write(files.path(owner, id), FILE);
        return Files.setLastModifiedTime(path, FileTime.from(clock.instant().minus(age)));
    }

    private String awaited(UUID id) {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (Instant.now().isBefore(end)) {
            String status = api.get(IMPORTS + id).data().path("status").asString();
            if (status.equals("done") || status.equals("failed")) {
                return status;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("The import has no end");
    }

    @Test
    void filesThatNobodyWantsAreDeletedAndTheOthersRead() throws IOException {
        UUID over = row(Duration.ZERO);
        rows.end(owner, over, null, clock.instant());
        Path ofWhatIsOver = file(over, Duration.ofHours(2));
        Path ofNothing = file(Ids.next(), Duration.ofHours(2));
        Path ofWhatIsToCome = file(Ids.next(), Duration.ZERO);
        UUID waiting = row(Duration.ofHours(30));
        file(waiting, Duration.ofHours(30));

        keeping.look();

        assertThat(ofWhatIsOver).doesNotExist();
        assertThat(ofNothing).doesNotExist();
        assertThat(ofWhatIsToCome).exists();
        assertThat(awaited(waiting)).as("one whose job was given up is read").isEqualTo("done");
        Files.delete(ofWhatIsToCome);
    }

    /// However long it waits, as long as the node that has it lives.
    @Test
    void anotherNodeTakesNoFileForLostThatIsThere(@TempDir Path elsewhere) throws IOException {
        UUID id = row(Duration.ofHours(2));
        file(id, Duration.ofHours(2));
        ImportFiles none = new ImportFiles(new ImportsProperties(elsewhere, DataSize.ofMegabytes(1)));
        ImportJob another = new ImportJob(rows, none, run, jobs, events, clock);

        keeping.look();
        another.run(new Subject(owner, id).toString());

        assertThat(awaited(id)).isEqualTo("done");
    }

    @Test
    void aFileThatNobodyHasIsLostInTheEnd() {
        UUID id = row(Duration.ofHours(2));

        keeping.look();

        assertThat(awaited(id)).isEqualTo("failed");
        assertThat(api.get(IMPORTS + id).data().path("failure").asString()).contains("lost");
        assertThat(api.upload(IMPORTS, FILE, "again.json").status()).isEqualTo(202);
    }

    @Test
    void whatFailsAgainAndAgainEnds() throws IOException {
        UUID id = row(Duration.ZERO);
        Path file = file(id, Duration.ZERO);
        jdbc.sql("update chat_import set tries = 20 where id = :id")
                .param("id", id)
                .update();

        job.run(new Subject(owner, id).toString());

        assertThat(awaited(id)).isEqualTo("failed");
        assertThat(file).doesNotExist();
    }

    @Test
    void anImportEndsWithItsAccount(@TempDir Path directory) throws IOException {
        SourceFile source = SourceFile.of(Files.write(directory.resolve("file"), FILE));
        UserId gone = new UserId(UUID.randomUUID());

        assertThatThrownBy(() -> run.write(
                        gone,
                        source,
                        false,
                        Tally.NOTHING,
                        (connection, now) -> rows.note(connection, UUID.randomUUID(), now, clock.instant())))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aSecondFileIsNotEvenRead() {
        UUID id = row(Duration.ZERO);

        assertThat(api.upload(IMPORTS, new byte[1 << 20], "second.json").code()).isEqualTo("CONFLICT");
        // Who was let in at the same moment is refused by the database.
        assertThatThrownBy(() -> imports.begin(owner, new MockMultipartFile("file", FILE), false))
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(CommonError.CONFLICT));
        assertThat(files.all()).noneMatch(kept -> kept.owner().equals(owner));

        rows.end(owner, id, null, clock.instant());
        assertThat(api.upload(IMPORTS, FILE, "third.json").status()).isEqualTo(202);
    }

    @Test
    void filesComeOneOfAPersonAtATimeAndNoMoreThanTheDiskCanHold() {
        UserId other = new UserId(UUID.randomUUID());
        UploadGate.Permit permit = gate.enter(owner, 1 << 30, PLENTY);
        assertThat(api.upload(IMPORTS, FILE, "second.json").code()).isEqualTo("CONFLICT");
        assertThatThrownBy(() -> gate.enter(other, 1 << 30, 2L << 30))
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(CommonError.SERVICE_UNAVAILABLE));
        gate.leave(permit);
        gate.leave(gate.enter(other, 1 << 30, 2L << 30));
        assertThat(api.upload(IMPORTS, FILE, "first.json").status()).isEqualTo(202);
    }
}
