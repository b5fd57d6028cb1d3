package dev.parley.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// Times in Parley's life: the migrations that came then, in the order in which they came, and in `upgrade/NAME.sql`
/// rows as they were written then.
enum Station {
    FIRST("first", "1 2 3 4"),
    ANSWERS("first answers", ""),
    TAKEOVERS("", "5 6"),
    MEMORY("", "10"),
    OPERATORS("", "7 19 20"),
    KEYS("", "11 12 13 14 15 16"),
    RESETS("resets", "21"),
    QUOTAS("", "22 32 23 25"),
    IMPORTS("", "24 33 27 28 30"),
    TODAY("", "41 42 43 46 47");

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Path ROWS = Path.of("src/test/resources/upgrade");

    /// Where migrations lie as they were then, before they were written anew: names with spaces between them.
    private final String former;

    private final String versions;

    Station(String former, String versions) {
        this.former = former;
        this.versions = versions;
    }

    /// Of all together.
    static List<String> versions() {
        return Arrays.stream(values())
                .flatMap(each -> words(each.versions).stream())
                .toList();
    }

    /// Makes an empty database one that has lived until now.
    ///
    /// @param directory for migrations, empty
    void reach(TestDatabase database, Path directory) throws IOException, SQLException {
        for (Station each : values()) {
            if (each.compareTo(this) > 0) {
                return;
            }
            for (String version : words(each.versions)) {
                copy(migration(version), directory);
            }
            if (each == KEYS) {
                copy(MIGRATIONS.resolve("afterMigrate.sql"), directory);
            }
            makeFormer(directory);
            Migrations.run(flyway(database, "filesystem:" + directory));
            each.write(database);
        }
    }

    private void makeFormer(Path directory) throws IOException {
        for (String each : words(former)) {
            try (Stream<Path> files = Files.list(ROWS.resolve("former").resolve(each))) {
                for (Path file : files.filter(file -> Files.exists(directory.resolve(file.getFileName())))
                        .toList()) {
                    copy(file, directory);
                }
            }
        }
    }

    private void write(TestDatabase database) throws IOException, SQLException {
        Path rows = ROWS.resolve(name().toLowerCase(Locale.ROOT) + ".sql");
        if (!Files.exists(rows)) {
            return;
        }
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(rows));
        }
    }

    /// As the server migrates.
    static Flyway flyway(TestDatabase database, String... locations) {
        FluentConfiguration configuration =
                Flyway.configure().dataSource(database.unpooled()).locations(locations);
        Migrations.configure(configuration);
        return configuration.load();
    }

    private static Path migration(String version) throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.filter(file -> file.getFileName().toString().startsWith("V" + version + "__"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private static void copy(Path file, Path into) throws IOException {
        Files.copy(file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
}
