package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Secrets;
import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCheckupTest {
    private static final String ADVICE =
            " Check host, port, name, user and password in DATABASE_URL, and whether that server runs.";

    private final TestDatabase server = TestDatabase.empty();

    @TempDir
    private Path data;

    @AfterEach
    void drop() {
        server.close();
    }

    private List<Finding> look(String url) {
        Duration second = Duration.ofSeconds(1);
        var properties = new DatabaseProperties(url, data, 1, second, second, List.of(), true, true);
        return new DatabaseCheckup(properties, new Secrets(data, "", "")).look();
    }

    private String place() {
        return server.url().substring(server.url().lastIndexOf('@') + 1);
    }

    @Test
    void anEmptyDatabaseWillDo() {
        List<Finding> findings = look(server.url());

        assertThat(findings).extracting(Finding::about).containsExactly("database", "clock");
        assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.OK);
        assertThat(findings.getFirst().sentence()).endsWith("; it is empty, and the first start makes its tables.");
    }

    @Test
    void whatTheFirstStartMakesIsNotMissing() {
        assertThat(look("").getFirst().sentence()).endsWith(" by the first start.");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aPasswordOrANameThatIsWrongIsSaid() {
        Finding password = look("postgresql://parley:hush@" + place()).getFirst();
        Finding name = look(server.url() + "-2").getFirst();

        assertThat(password.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(password.sentence())
                .contains("password authentication failed")
                .endsWith(ADVICE)
                .doesNotContain("hush");
        assertThat(name.sentence()).contains("does not exist").endsWith(ADVICE);
    }

    @Test
    void anAccountThatMayMakeNoTablesIsSaidWithWhatHelps() {
        server.jdbc().sql("create role \"Narrow\" login password 'narrow'").update();
        try {
            assertThat(look("postgresql://Narrow:narrow@" + place()))
                    .contains(Finding.broken(
                            "database",
                            "The account of DATABASE_URL may make no tables; let an administrator run: grant create on"
                                    + " schema public to \"Narrow\";"));
        } finally {
            server.jdbc().sql("drop role \"Narrow\"").update();
        }
    }
}
