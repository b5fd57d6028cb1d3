package dev.parley.usage;

import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Profile")
@RestController
class UsageController {
    private final Quotas quotas;

    UsageController(Quotas quotas) {
        this.quotas = quotas;
    }

    @Operation(summary = "What the signed-in person has used of this day and this month, and may use")
    @GetMapping("/api/v1/users/usage")
    Envelope<UsageView> usage(@CurrentUser UserId caller) {
        return Envelope.ok(quotas.view(caller));
    }
}
