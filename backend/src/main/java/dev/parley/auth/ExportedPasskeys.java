package dev.parley.auth;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

@Order(1)
@Component
class ExportedPasskeys implements ExportedPart {
    private final PasskeyRepository passkeys;

    ExportedPasskeys(PasskeyRepository passkeys) {
        this.passkeys = passkeys;
    }

    @Override
    public String name() {
        return "passkeys";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writePOJO(passkeys.list(user));
    }
}
