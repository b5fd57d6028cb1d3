package dev.parley.shared;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A part whose state `/health/` tells. A module contributes a bean for each of its own.
public interface HealthPart {
    String name();

    /// Looks now, in at most two seconds.
    State state();

    /// Whether nothing works without it.
    default boolean isVital() {
        return false;
    }

    /// Whether a node takes requests only while this works.
    default boolean isNeededToServe() {
        return isVital();
    }

    /// @param status `ok`, `degraded`, `disabled` or `down`
    /// @param latencyMs how long the look took, where it went somewhere
    /// @param detail a sentence, without secrets: anyone may read it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record State(
            String status,
            @Nullable Double latencyMs,
            @Nullable String detail) {
        public static final State DISABLED = new State("disabled", null, null);

        public static State ok() {
            return new State("ok", null, null);
        }

        public static State ok(long nanos) {
            return new State("ok", Math.round(nanos / 1e4) / 100.0, null);
        }

        public static State degraded(String detail) {
            return new State("degraded", null, detail);
        }

        public static State down(String detail) {
            return new State("down", null, detail);
        }

        @JsonIgnore
        public boolean isDown() {
            return status.equals("down");
        }

        @JsonIgnore
        public boolean isFailing() {
            return isDown() || status.equals("degraded");
        }
    }
}
