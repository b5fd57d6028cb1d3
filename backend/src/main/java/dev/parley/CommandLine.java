package dev.parley;

import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.settings.StartFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// The commands of the program. Each but `run` says what it did in a line and ends: 0 when it could, 1 with one
/// sentence why it could not, 2 when it was called wrongly.
final class CommandLine {
    private static final int REFUSED = 1;
    private static final int MISUSED = 2;

    private CommandLine() {}

    /// In the order that `help` lists them.
    private enum Command {
        RUN("starts the server; also when no command is named"),
        MIGRATE("brings the database to this version's schema"),
        CONFIG("lists all settings with their values and where these come from"),
        HELP("lists the commands");

        private final String meaning;

        Command(String meaning) {
            this.meaning = meaning;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static void run(String[] arguments) {
        String word = arguments.length == 0 ? Command.RUN.word() : arguments[0].replaceFirst("^--?h(elp)?$", "help");
        Optional<Command> command = Arrays.stream(Command.values())
                .filter(each -> each.word().equals(word))
                .findFirst();
        if (command.isEmpty()) {
            end(MISUSED, "There is no command \"" + word + "\"; \"help\" lists those there are.");
            return;
        }
        if (arguments.length > 1) {
            end(MISUSED, "\"" + word + "\" takes no \"" + arguments[1] + "\".");
            return;
        }
        try {
            // A bad value is said at once, and not after the seconds that a start takes.
            Settings settings = Settings.load();
            switch (command.get()) {
                case RUN -> SpringApplication.run(Parley.class);
                case MIGRATE -> migrate();
                case CONFIG -> settings(settings);
                case HELP -> help();
            }
        } catch (StartFailure failure) {
            end(REFUSED, failure.sentence());
        }
    }

    private static void migrate() {
        try (ConfigurableApplicationContext context = context()) {
            context.getBean(FlywayMigrationInitializer.class);
            MigrationInfo current = context.getBean(Flyway.class).info().current();
            System.out.println(
                    current == null
                            ? "There is nothing to migrate."
                            : "The database is at version " + current.getVersion() + ".");
        }
    }

    /// The application without its server, of which only what is asked for comes to life.
    private static ConfigurableApplicationContext context() {
        return new SpringApplicationBuilder(Parley.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .run("--parley.database.join=true", "--logging.level.dev.parley=warn");
    }

    private static void settings(Settings settings) {
        int widest = settings.values().values().stream()
                .mapToInt(value -> value.origin().length())
                .max()
                .orElse(0);
        settings.values()
                .forEach((setting, value) -> System.out.printf(
                        "%-28s %-" + widest + "s  %s%n", setting.name(), value.origin(), shown(setting, value)));
    }

    private static String shown(Setting setting, Settings.Value value) {
        String standard = setting.standard().isEmpty() ? "none" : setting.standard();
        if (value.origin().equals("default")) {
            return setting.standard().isEmpty() ? "not set: " + setting.meaning() : standard;
        }
        return (setting.isSecret() ? "•••" : value.text()) + " (default: " + standard + ")";
    }

    private static void help() {
        System.out.println("Parley: a chat application of your own. Usage: parley [command]");
        System.out.println();
        for (Command command : List.of(Command.values())) {
            System.out.printf("  %-18s %s%n", command.word(), command.meaning);
        }
        System.out.println();
        System.out.println("Settings come from the environment or a .env file; \"config\" lists them.");
    }

    private static void end(int status, String sentence) {
        System.err.println(sentence);
        System.exit(status);
    }
}
