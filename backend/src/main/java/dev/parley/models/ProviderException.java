package dev.parley.models;

import dev.parley.shared.ErrorCode;
import dev.parley.shared.ParleyException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A provider did not answer as it should. The sentence is for the user: never the provider's body, never a key.
public final class ProviderException extends ParleyException {
    public ProviderException(ErrorCode code, String sentence, @Nullable Throwable cause) {
        super(code, sentence, Map.of(), cause);
    }
}
