package dev.parley;

import dev.parley.auth.NewAccounts;
import dev.parley.users.User;
import java.io.Console;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `createsuperuser`.
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
            return new NewSuperuser(email, PasswordLine.read());
        }
        return asked(email);
    }

    String create(ApplicationContext context) {
        User user = context.getBean(NewAccounts.class).superuser(email, password);
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

    @Override
    public String toString() {
        return email;
    }
}
