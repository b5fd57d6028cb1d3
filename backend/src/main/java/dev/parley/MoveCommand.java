package dev.parley;

import dev.parley.backup.Move;
import java.io.Console;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `move`.
///
/// @param url of the database to move to; empty: the embedded one
record MoveCommand(String url, boolean force) {
    private static final String OPTION = "--force";

    static MoveCommand parse(List<String> arguments) {
        List<String> words =
                arguments.stream().filter(word -> !word.equals(OPTION)).toList();
        boolean force = arguments.contains(OPTION);
        if (words.equals(List.of("embedded"))) {
            return new MoveCommand("", force);
        }
        if (!words.equals(List.of("external"))) {
            throw new Misuse("\"move\" takes external or embedded, and --force.");
        }
        String url = asked();
        if (url.isBlank()) {
            throw new Misuse("\"move external\" needs the address of a database, as DATABASE_URL would have it.");
        }
        return new MoveCommand(url.strip(), force);
    }

    /// Its password is no argument, either.
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    private static String asked() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return PasswordLine.read();
        }
        char[] typed = console.readPassword("DATABASE_URL of the other database: ");
        return typed == null ? "" : new String(typed);
    }

    String carry(ApplicationContext context) {
        Move.Moved moved =
                context.getBean(Move.class).to(url, force, rows -> System.err.printf("%,d rows of a table …%n", rows));
        return "Moved %,d rows of %d tables to %s. %s before Parley starts again."
                .formatted(
                        moved.manifest().rows(),
                        moved.manifest().tables().size(),
                        moved.place(),
                        url.isEmpty() ? "Take DATABASE_URL out of the settings" : "Set DATABASE_URL to it");
    }

    @Override
    public String toString() {
        return url.isEmpty() ? "embedded" : "external";
    }
}
