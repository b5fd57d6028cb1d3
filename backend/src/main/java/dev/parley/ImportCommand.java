package dev.parley;

import dev.parley.imports.Imports;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.users.EmailAddress;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/// The command `import`.
///
/// @param remember whether the chats may be recalled in others
record ImportCommand(Path file, String email, boolean remember) {
    private static final int EVERY = 1_000;

    static ImportCommand parse(List<String> arguments) {
        @Nullable String file = null;
        @Nullable String email = null;
        boolean remember = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.equals("--remember")) {
                remember = true;
            } else if (word.equals("--user") && rest.hasNext()) {
                email = rest.next();
            } else if (!word.startsWith("--") && file == null) {
                file = word;
            } else {
                throw misuse();
            }
        }
        if (file == null || email == null) {
            throw misuse();
        }
        return new ImportCommand(Path.of(file), email, remember);
    }

    private static Misuse misuse() {
        return new Misuse("\"import\" takes a file, and with --user the email address of whose chats they are to be.");
    }

    String read(ApplicationContext context) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParleyException(CommonError.NOT_FOUND, "There is no file " + file + " that can be read.");
        }
        User owner = EmailAddress.parse(email)
                .flatMap(context.getBean(Users.class)::find)
                .orElseThrow(
                        () -> new ParleyException(CommonError.NOT_FOUND, "Nobody here has the email " + email + "."));
        Imports.Outcome outcome = context.getBean(Imports.class).read(owner.id(), file, remember, teller());
        String skipped = outcome.skipped().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey().replace('_', ' ') + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "Imported %,d of %,d chats (%s)%s."
                .formatted(
                        outcome.imported(),
                        outcome.total(),
                        outcome.format().replace('_', ' '),
                        skipped.isEmpty() ? "" : "; skipped: " + skipped);
    }

    /// Says now and then how far it is.
    private static IntConsumer teller() {
        int[] told = {0};
        return done -> {
            if (done - told[0] >= EVERY) {
                told[0] = done;
                System.err.printf("%,d chats …%n", done);
            }
        };
    }
}
