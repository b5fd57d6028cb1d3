package dev.parley;

import dev.parley.auth.ResetLinks;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `reset-link`.
record ResetLinkCommand(String email, boolean withoutSecondFactor) {
    private static final String OPTION = "--without-second-factor";

    static ResetLinkCommand parse(List<String> arguments) {
        List<String> emails =
                arguments.stream().filter(word -> !word.equals(OPTION)).toList();
        if (emails.size() != 1 || emails.getFirst().startsWith("-")) {
            throw new Misuse("\"reset-link\" takes the email of one account.");
        }
        return new ResetLinkCommand(emails.getFirst(), arguments.contains(OPTION));
    }

    String make(ApplicationContext context) {
        String link = context.getBean(ResetLinks.class).make(email, withoutSecondFactor);
        return "Who opens this within an hour chooses a new password for " + email + ": " + link;
    }
}
