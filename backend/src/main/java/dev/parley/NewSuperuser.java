package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.auth.Superusers;
import dev.parley.users.User;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `createsuperuser`. A password is never an argument, since anyone can read a process's arguments.
record NewSuperuser(String email, String password) {
    static NewSuperuser parse(List<String> arguments) {
        String email = "";
        boolean fromStdin = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            switch (rest.next()) {
                case "--email" -> {
                    if (!rest.hasNext()) {
                        throw new Misuse("--email takes an email address.");
                    }
                    email = rest.next();
                }
                case "--password-stdin" -> fromStdin = true;
                case String other -> throw new Misuse("\"createsuperuser\" takes no \"" + other + "\".");
            }
        }
        if (fromStdin) {
            if (email.isEmpty()) {
                throw new Misuse("--password-stdin needs --email too.");
            }
            return new NewSuperuser(email, firstLine());
        }
        return asked(email);
    }

    String create(ApplicationContext context) {
        User user = context.getBean(Superusers.class).create(email, password);
        return user.username() + " (" + user.email() + ") may now sign in and looks after this instance.";
    }

    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is no terminal
    private static NewSuperuser asked(String given) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Misuse("Without a terminal to ask at, createsuperuser needs --email and --password-stdin.");
        }
        String email = given.isEmpty() ? String.valueOf(console.readLine("Email: ")) : given;
        char[] password = console.readPassword("Password: ");
        char[] again = console.readPassword("Once more: ");
        if (password == null || !Arrays.equals(password, again)) {
            throw new Misuse("The two passwords are not the same.");
        }
        return new NewSuperuser(email, new String(password));
    }

    private static String firstLine() {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return email;
    }
}
