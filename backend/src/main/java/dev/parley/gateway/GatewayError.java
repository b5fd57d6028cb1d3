package dev.parley.gateway;

import dev.parley.shared.ErrorCode;
import dev.parley.shared.ParleyException;
import java.util.Map;

/// What a program can get wrong here, by the codes that its client knows.
enum GatewayError implements ErrorCode {
    INVALID_VALUE(400),
    MISSING_REQUIRED_PARAMETER(400),
    UNSUPPORTED_PARAMETER(400),
    MODEL_NOT_FOUND(404);

    private final int status;

    GatewayError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }

    /// @param param the field that is to blame
    ParleyException of(String param, String sentence) {
        return new ParleyException(this, sentence, Map.of("param", param));
    }

    static ParleyException noModel(String id) {
        return MODEL_NOT_FOUND.of("model", "The model " + shortened(id) + " does not exist here.");
    }

    private static String shortened(String id) {
        return "`" + (id.length() > 100 ? id.substring(0, id.offsetByCodePoints(0, 50)) + "…" : id) + "`";
    }
}
