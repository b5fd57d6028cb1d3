package dev.parley;

import dev.parley.seed.Seed;
import dev.parley.seed.SeedPlan;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `seed`.
///
/// @param password of the accounts that are made for it
/// @param isOwn whether whoever called knows it
record SeedCommand(SeedPlan plan, String password, boolean isOwn) {
    private static final int MOST = 100_000_000;
    private static final int RANDOM_BYTES = 12;

    static SeedCommand parse(List<String> arguments) {
        int messages = 1000;
        int users = 1;
        int chats = 0;
        int longest = 0;
        int random = 1;
        String email = "reader-1@example.com";
        boolean force = false;
        boolean fromStdin = false;
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--messages" -> messages = number(option, rest);
                case "--users" -> users = number(option, rest);
                case "--chats" -> chats = number(option, rest);
                case "--longest" -> longest = number(option, rest);
                case "--random" -> random = number(option, rest);
                case "--email" -> {
                    if (!rest.hasNext()) {
                        throw new Misuse("--email takes an email address.");
                    }
                    email = rest.next();
                }
                case "--force" -> force = true;
                case "--password-stdin" -> fromStdin = true;
                default -> throw new Misuse("\"seed\" takes no \"" + option + "\".");
            }
        }
        try {
            SeedPlan plan = new SeedPlan(messages, users, chats, longest, email, random, force);
            return new SeedCommand(plan, fromStdin ? PasswordLine.read() : madeUp(), fromStdin);
        } catch (IllegalArgumentException e) {
            throw new Misuse(String.valueOf(e.getMessage()));
        }
    }

    String sow(ApplicationContext context) {
        Seed.Sown sown = context.getBean(Seed.class).sow(plan, password, this::tell);
        String made = "Made up %,d messages in %,d chats of %s."
                .formatted(
                        plan.messages(),
                        sown.chats(),
                        plan.users() == 1 ? plan.email() : plan.users() + " people, first " + plan.email());
        if (sown.newPeople() == 0 || isOwn) {
            return made;
        }
        return made
                + " The password of the %s is %s"
                        .formatted(
                                sown.newPeople() == 1 ? "new account" : sown.newPeople() + " new accounts", password);
    }

    private void tell(int written) {
        System.err.printf("%,d of %,d messages …%n", written, plan.messages());
    }

    private static int number(String option, Iterator<String> rest) {
        String word = rest.hasNext() ? rest.next() : "";
        if (!word.matches("[1-9][0-9]{0,8}") || Integer.parseInt(word) > MOST) {
            throw new Misuse(option + " takes a number from 1 to 100000000.");
        }
        return Integer.parseInt(word);
    }

    /// For an instance that others reach, a password that everyone knows would be an open door.
    private static String madeUp() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return plan.toString();
    }
}
