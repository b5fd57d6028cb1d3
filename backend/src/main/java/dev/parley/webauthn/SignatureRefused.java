package dev.parley.webauthn;

import com.webauthn4j.verifier.exception.MaliciousCounterValueException;

/// What a device signed is not what it was asked for. The reason is for the log, and quotes nothing of it.
public final class SignatureRefused extends Exception {
    SignatureRefused(RuntimeException cause) {
        super(cause.getClass().getSimpleName(), cause);
    }

    /// Whether the device has signed less often than its key has been used: somebody has a copy.
    public boolean isCopied() {
        return getCause() instanceof MaliciousCounterValueException;
    }
}
