package dev.parley.auth;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

@Order(1)
@Component
class ExportedIdentities implements ExportedPart {
    private final IdentityRepository identities;

    ExportedIdentities(IdentityRepository identities) {
        this.identities = identities;
    }

    @Override
    public String name() {
        return "identities";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writePOJO(identities.list(user));
    }
}
