package dev.parley.users;

import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@Tag(name = "Profile")
@RestController
@RequestMapping("/api/v1/users/profile")
class ProfileController {
    private final Profiles profiles;

    ProfileController(Profiles profiles) {
        this.profiles = profiles;
    }

    @Operation(summary = "The signed-in person and their preferences")
    @GetMapping
    Envelope<ProfileView> profile(@CurrentUser UserId caller) {
        return Envelope.ok(ProfileView.of(profiles.get(caller)));
    }

    @Operation(
            summary = "Replaces what can be edited; absent parts go back to their defaults, an absent username stays",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ProfileBody.class))))
    @PutMapping
    Envelope<ProfileView> replace(@CurrentUser UserId caller, @RequestBody ObjectNode body) {
        return Envelope.ok(ProfileView.of(profiles.change(caller, ProfileChange.replacement(body))), "Profile saved.");
    }

    @Operation(
            summary = "Changes what is sent; preferences are merged by key, null is the default",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = ProfileBody.class))))
    @PatchMapping
    Envelope<ProfileView> update(@CurrentUser UserId caller, @RequestBody ObjectNode body) {
        return Envelope.ok(ProfileView.of(profiles.change(caller, ProfileChange.patch(body))), "Profile saved.");
    }

    /// The shape of the body, for the schema: it is read as a tree, see [ProfileChange].
    record ProfileBody(
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable Preferences preferences) {}

    record ProfileView(
            UUID id,
            String email,
            String username,
            String firstName,
            String lastName,
            boolean isActive,
            boolean isStaff,
            Instant dateJoined,
            @Nullable Instant lastLogin,
            Preferences preferences) {
        static ProfileView of(Profiles.Profile profile) {
            User user = profile.user();
            return new ProfileView(
                    user.id().value(),
                    user.email(),
                    user.username(),
                    user.firstName(),
                    user.lastName(),
                    user.isActive(),
                    user.isStaff(),
                    user.dateJoined(),
                    user.lastLogin(),
                    profile.preferences());
        }
    }
}
