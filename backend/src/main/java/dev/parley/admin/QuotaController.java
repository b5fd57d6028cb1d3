package dev.parley.admin;

import dev.parley.shared.UserId;
import dev.parley.usage.QuotaLimits;
import dev.parley.usage.Quotas;
import dev.parley.usage.UsageView;
import dev.parley.users.Directory;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/users/{id}/quota")
class QuotaController {
    private final Directory directory;
    private final Quotas quotas;

    QuotaController(Directory directory, Quotas quotas) {
        this.directory = directory;
        this.quotas = quotas;
    }

    @Operation(summary = "What somebody has used, and may")
    @GetMapping
    Envelope<UsageView> get(@PathVariable UUID id) {
        return Envelope.ok(quotas.view(known(id)));
    }

    @Operation(summary = "Lets somebody spend so much, whatever their role may; what is null is without a limit")
    @PutMapping
    Envelope<UsageView> set(@CurrentUser UserId caller, @PathVariable UUID id, @Valid @RequestBody QuotaLimits body) {
        UserId owner = known(id);
        quotas.set(caller, owner, body);
        return Envelope.ok(quotas.view(owner));
    }

    @Operation(summary = "Lets somebody spend what their role may")
    @DeleteMapping
    Envelope<UsageView> clear(@CurrentUser UserId caller, @PathVariable UUID id) {
        UserId owner = known(id);
        quotas.clear(caller, owner);
        return Envelope.ok(quotas.view(owner));
    }

    private UserId known(UUID id) {
        return directory.get(new UserId(id)).id();
    }
}
