package dev.parley.auth;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

@Order(1)
@Component
class ExportedSecondFactor implements ExportedPart {
    private final SecondFactors factors;

    ExportedSecondFactor(SecondFactors factors) {
        this.factors = factors;
    }

    @Override
    public String name() {
        return "second_factor";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writePOJO(factors.status(user));
    }
}
