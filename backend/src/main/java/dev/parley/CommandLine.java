package dev.parley;

import dev.parley.backup.BackupFailure;
import dev.parley.settings.Settings;
import dev.parley.settings.StartFailure;
import dev.parley.shared.Checkup;
import dev.parley.shared.ParleyException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.beans.BeansException;
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
        RUN("run", "starts the server; also when no command is named"),
        CREATESUPERUSER(
                "createsuperuser [--email E --password-stdin]",
                "makes an account that looks after the instance; asks for what is not given"),
        RESET_LINK(
                "reset-link EMAIL [--without-second-factor]",
                "makes a link with which somebody chooses a new password, once and within an hour"),
        SEED(
                "seed [--messages N] [--users N] [--chats N] [--longest N] [--email E] [--password-stdin] [--random N] "
                        + "[--force]",
                "fills the database with made-up chats: N messages (1000) of so many people (1), each with so many chats,\n"
                        + "      one of them with so many messages (--longest); asks for --force where others have accounts"),
        MEMORIES(
                "memories --to-mem0 | --from-mem0",
                "carries what is remembered to the Mem0 service that is set, or back; not what is there already"),
        BACKUP(
                "backup FILE [--with-secrets]",
                "writes everything into one file, while the server runs; its keys only if asked to"),
        RESTORE(
                "restore FILE [--force]",
                "puts a backup back; asks for --force where that replaces accounts. The server must not run"),
        MOVE(
                "move external | embedded [--force]",
                "carries everything to a database of your own, whose address it asks for or reads from its input, or to\n"
                        + "      the embedded one; asks for --force where that replaces accounts. The server must not run"),
        VERIFY("verify FILE", "reads a backup and says whether it is whole"),
        IMPORT(
                "import FILE --user EMAIL [--remember]",
                "takes over the chats of a file of ChatGPT, Open WebUI, LibreChat or Parley; with --remember they may be\n"
                        + "      recalled in other chats"),
        MIGRATE("migrate", "brings the database to this version's schema"),
        CONFIG("config", "lists all settings with their values, where these come from, and what they mean"),
        DOCTOR(
                "doctor",
                "tries the database, Redis, each provider, the mail server, the ports, the disk and the clock"),
        LICENCES("licences", "lists what the program and its web app are made of, and under which licences"),
        HELP("help", "lists the commands");

        private final String usage;
        private final String meaning;

        Command(String usage, String meaning) {
            this.usage = usage;
            this.meaning = meaning;
        }

        static Optional<Command> named(String word) {
            return Arrays.stream(values())
                    .filter(command -> command.name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')
                            .equals(word))
                    .findFirst();
        }
    }

    static void run(String[] words) {
        List<String> arguments = List.of(words);
        String word = arguments.isEmpty() ? "run" : arguments.getFirst().replaceFirst("^(-h|--help)$", "help");
        try {
            Command command = Command.named(word)
                    .orElseThrow(
                            () -> new Misuse("There is no command \"" + word + "\"; \"help\" lists those there are."));
            run(command, arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size()));
        } catch (Misuse misuse) {
            end(MISUSED, misuse.sentence());
        } catch (StartFailure failure) {
            end(REFUSED, failure.sentence());
        } catch (BackupFailure failure) {
            end(REFUSED, failure.sentence());
        } catch (ParleyException refusal) {
            end(REFUSED, sentence(refusal));
        }
    }

    private static void run(Command command, List<String> arguments) {
        if (!command.usage.contains(" ") && !arguments.isEmpty()) {
            throw new Misuse("\"" + command.usage + "\" takes no \"" + arguments.getFirst() + "\".");
        }
        // A bad value is said at once, and not after the seconds that a start takes.
        Settings settings = Settings.load();
        switch (command) {
            case RUN -> SpringApplication.run(Parley.class);
            case CREATESUPERUSER -> inContext(NewSuperuser.parse(arguments)::create);
            case RESET_LINK -> inContext(ResetLinkCommand.parse(arguments)::make);
            case SEED -> inContext(SeedCommand.parse(arguments)::sow);
            case MEMORIES -> inContext(MemoriesCommand.parse(arguments)::carry);
            case BACKUP -> in(DatabaseAlone.class, true, BackupCommand.parse(arguments)::write);
            case RESTORE -> in(DatabaseAlone.class, false, RestoreCommand.parse(arguments)::put);
            case MOVE -> in(DatabaseAlone.class, false, MoveCommand.parse(arguments)::carry);
            case VERIFY -> System.out.println(VerifyCommand.parse(arguments).look());
            case IMPORT -> inContext(ImportCommand.parse(arguments)::read);
            case MIGRATE -> inContext(CommandLine::migrate);
            case CONFIG -> config(settings.entries());
            case DOCTOR -> doctor(settings);
            case LICENCES -> System.out.println(LicencesCommand.list());
            case HELP -> help();
        }
    }

    /// Runs it in the application without its server, beside one that may run.
    private static void inContext(Function<ConfigurableApplicationContext, String> work) {
        in(Parley.class, true, work);
    }

    /// Only what is asked for comes to life.
    ///
    /// @param join whether the embedded database of a server that runs may be used
    private static void in(Class<?> application, boolean join, Function<ConfigurableApplicationContext, String> work) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .run(
                        "--parley.database.join=" + join,
                        // It would begin work of the background, a backup perhaps, and end in the middle of it.
                        "--PARLEY_ROLES=",
                        "--parley.metrics.port=",
                        "--parley.traces.endpoint=",
                        "--logging.level.dev.parley=warn")) {
            System.out.println(outcome(work, context));
        }
    }

    /// What cannot come to life says why, as at a start.
    private static String outcome(
            Function<ConfigurableApplicationContext, String> work, ConfigurableApplicationContext in) {
        try {
            return work.apply(in);
        } catch (BeansException e) {
            throw StartFailure.in(e).map(RuntimeException.class::cast).orElse(e);
        }
    }

    private static String migrate(ConfigurableApplicationContext context) {
        context.getBean(FlywayMigrationInitializer.class);
        MigrationInfo current = context.getBean(Flyway.class).info().current();
        return "The database is at version " + current.getVersion() + ".";
    }

    private static void config(List<Settings.Entry> entries) {
        int width =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(1);
        entries.forEach(entry -> print(entry, width));
    }

    private static void print(Settings.Entry entry, int width) {
        String standard = entry.standard().isEmpty() ? "none" : entry.standard();
        String shown = entry.value().isDefault()
                ? standard
                : (entry.isSecret() ? "•••" : entry.value().text()) + " (default: " + standard + ")";
        System.out.printf(
                "%-" + width + "s %-12s %s%n    %s (%s)%n",
                entry.name(),
                entry.value().origin(),
                shown,
                entry.meaning(),
                entry.mayBe());
    }

    private static void doctor(Settings settings) {
        DoctorCommand.print(settings.strangers().stream()
                .map(name -> Checkup.Finding.doubtful(
                        "settings", "There is no setting " + name + "; \"config\" lists those there are."))
                .toList());
        in(DoctorCommand.class, true, DoctorCommand::look);
    }

    private static void help() {
        System.out.println("Usage: parley [command]\n");
        for (Command command : Command.values()) {
            System.out.printf("  %s%n      %s%n", command.usage, command.meaning);
        }
        System.out.println("\nSettings come from the environment or a .env file; \"config\" lists them.");
    }

    private static String sentence(ParleyException refusal) {
        if (refusal.details().get("fields") instanceof Map<?, ?> fields) {
            return fields.values().stream()
                    .flatMap(sentences -> ((List<?>) sentences).stream())
                    .map(Object::toString)
                    .collect(Collectors.joining(" "));
        }
        return refusal.sentence();
    }

    private static void end(int status, String sentence) {
        System.err.println(sentence);
        System.exit(status);
    }
}
