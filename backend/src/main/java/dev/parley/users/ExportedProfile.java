package dev.parley.users;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

@Order(0)
@Component
class ExportedProfile implements ExportedPart {
    private final Profiles profiles;

    ExportedProfile(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writePOJO(ProfileController.ProfileView.of(profiles.get(user)));
    }
}
