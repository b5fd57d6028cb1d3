package dev.parley.models;

import dev.parley.shared.ErrorCode;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.Map;

/// A provider did not answer as it should. The sentence is for the user: never the provider's body, never a key. It
/// has no cause, because the messages of protocol and JSON errors quote what they could not read.
public final class ProviderException extends ParleyException {
    /// What a failure is about: whatever shares it would fail too.
    enum Scope {
        /// No model would answer it, or nobody waits for an answer.
        QUESTION,
        MODEL,
        PROVIDER
    }

    private final String reason;
    private final String advice;
    private final Scope scope;
    private final Duration pause;
    /// Its status, or 0.
    private final int refusal;

    /// @param reason what happened
    /// @param advice what to do about it; may be empty
    /// @param pause how long the provider wants to be left alone; zero where it does not say
    ProviderException(ErrorCode code, String reason, String advice, Scope scope, Duration pause) {
        this(code, reason, advice, scope, pause, 0);
    }

    private ProviderException(ErrorCode code, String reason, String advice, Scope scope, Duration pause, int refusal) {
        super(code, advice.isEmpty() ? reason : reason + " " + advice, Map.of(), null);
        this.refusal = refusal;
        this.advice = advice;
        this.reason = reason;
        this.scope = scope;
        this.pause = pause;
    }

    ProviderException(ErrorCode code, String reason, Scope scope) {
        this(code, reason, "", scope, Duration.ZERO);
    }

    /// Whether the question itself was refused: asked again, it would be refused again.
    public boolean refusesQuestion() {
        return scope == Scope.QUESTION;
    }

    /// The same, when asking again would be refused again.
    ///
    /// @param status of the refusal
    ProviderException asRefusal(int status) {
        return new ProviderException(code(), reason, advice, scope, pause, status);
    }

    /// Whether the provider refused what it was asked, and would again, rather than failed or was too busy.
    public boolean isRefusal() {
        return refusal > 0;
    }

    /// Whether the provider said that it does not have what it was asked for.
    public boolean isNotFound() {
        return refusal == 404;
    }

    /// The sentence without its advice.
    String reason() {
        return reason;
    }

    Scope scope() {
        return scope;
    }

    Duration pause() {
        return pause;
    }
}
