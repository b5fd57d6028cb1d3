package dev.parley.users;

import dev.parley.shared.ExportedText;
import dev.parley.shared.TextArchive;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.time.ZoneOffset;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Who a person is here, and what they tell every model.
@Order(0)
@Component
class ProfileText implements ExportedText {
    private final Profiles profiles;

    ProfileText(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public void write(UserId user, TextArchive archive) throws IOException {
        Profiles.Profile profile = profiles.get(user);
        User person = profile.user();
        String name = (person.firstName() + " " + person.lastName()).strip();
        String instructions = profile.preferences().customInstructions().strip();
        archive.add("profile", file -> {
            file.write("# " + (name.isEmpty() ? person.username() : name) + "\n\n");
            file.write("- Email: " + person.email() + "\n");
            file.write("- Username: " + person.username() + "\n");
            file.write("- Here since: "
                    + person.dateJoined().atZone(ZoneOffset.UTC).toLocalDate() + "\n");
            if (!instructions.isEmpty()) {
                file.write("\n## Told to every model\n\n" + instructions + "\n");
            }
        });
    }
}
