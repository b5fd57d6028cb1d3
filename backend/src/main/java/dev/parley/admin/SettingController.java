package dev.parley.admin;

import dev.parley.admin.SettingOverrides.Decision;
import dev.parley.admin.SettingOverrides.Standing;
import dev.parley.settings.Setting;
import dev.parley.shared.Page;
import dev.parley.shared.UserId;
import dev.parley.users.Directory;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/settings")
class SettingController {
    private final SettingOverrides settings;
    private final Directory directory;

    SettingController(SettingOverrides settings, Directory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    /// @param form how a person is to be asked for it
    /// @param value what counts
    /// @param origin `default`, `environment`, `.env`, or `operator` where it was changed here
    /// @param startedWith what counts when it is taken back
    record SettingView(
            String name,
            String meaning,
            Setting.Form form,
            String value,
            String origin,
            String startedWith,
            @Nullable Instant changedAt,
            @Nullable ChangedBy changedBy) {}

    /// @param email null when the account is gone
    record ChangedBy(UUID id, @Nullable String email) {}

    @Schema(name = "SettingBody")
    record Body(@Nullable String value) {}

    @Operation(summary = "The settings that can be changed while the server runs, each with where its value is from")
    @GetMapping
    Envelope<Page<SettingView>> list() {
        return Envelope.ok(new Page<>(views(settings.list()), null));
    }

    @Operation(summary = "Sets it for every node, over what the server was started with")
    @PutMapping("/{name}")
    Envelope<SettingView> set(@CurrentUser UserId caller, @PathVariable String name, @RequestBody Body body) {
        return Envelope.ok(
                views(List.of(settings.set(caller, name, body.value()))).getFirst());
    }

    @Operation(summary = "Takes the change back: what the server was started with counts again")
    @DeleteMapping("/{name}")
    Envelope<@Nullable Void> reset(@CurrentUser UserId caller, @PathVariable String name) {
        settings.reset(caller, name);
        return Envelope.done("It is as the server was started.");
    }

    private List<SettingView> views(List<Standing> standings) {
        Map<UserId, String> emails = directory.emails(standings.stream()
                .flatMap(standing -> Stream.ofNullable(standing.decision()))
                .map(Decision::by)
                .distinct()
                .toList());
        return standings.stream().map(standing -> view(standing, emails)).toList();
    }

    private static SettingView view(Standing standing, Map<UserId, String> emails) {
        Setting setting = standing.setting();
        Decision decision = standing.decision();
        return new SettingView(
                setting.name(),
                setting.meaning(),
                setting.form(),
                standing.value(),
                decision == null ? standing.origin() : "operator",
                standing.startedWith(),
                decision == null ? null : decision.at(),
                decision == null ? null : new ChangedBy(decision.by().value(), emails.get(decision.by())));
    }
}
