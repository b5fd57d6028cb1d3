package dev.parley.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.shared.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Archives that are larger than the heap of the process that reads them, and than what is sorted into the text index
/// at once.
@ApiTest
class LargeImportTest {
    @TempDir
    private Path directory;

    private final Api anyone;
    private final Imports imports;
    private final JdbcClient jdbc;

    LargeImportTest(@LocalServerPort int port, @Autowired Imports imports, @Autowired JdbcClient jdbc) {
        anyone = new Api(port);
        this.imports = imports;
        this.jdbc = jdbc;
    }

    @Test
    void anArchiveMayBeLargerThanTheHeap() throws Exception {
        Path file = directory.resolve("archive.zip");
        LargeArchive.Made made = LargeArchive.write(file, 40 << 20);

        assertThat(LookThrough.run(file, "-Xmx24m").lines()).hasSize(made.chats());
    }

    @Test
    void whatWasSortedWhileMoreWasWrittenIsFound() throws Exception {
        Path file = directory.resolve("archive.zip");
        LargeArchive.Made made = LargeArchive.write(file, 24 << 20);
        Api.Account account = anyone.register();
        List<Integer> told = new ArrayList<>();

        Imports.Outcome outcome = imports.read(new UserId(UUID.fromString(account.id())), file, false, told::add);

        assertThat(outcome.imported()).isEqualTo(made.chats());
        assertThat(told).hasSizeGreaterThan(4).isSorted();
        assertThat(jdbc.sql("select count(*) from message_search where owner_id = :owner")
                        .param("owner", UUID.fromString(account.id()))
                        .query(Long.class)
                        .single())
                .isEqualTo(made.messages());
        assertThat(anyone.as(account)
                        .get("/api/v1/chats/?q=ke")
                        .data()
                        .path("items")
                        .isEmpty())
                .isFalse();
    }
}
