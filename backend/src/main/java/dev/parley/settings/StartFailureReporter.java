package dev.parley.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;

/// Says why the start failed in one sentence instead of a stack trace, where the reason is the operator's to remove.
final class StartFailureReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        StartFailure reason = reason(failure);
        if (reason == null) {
            return false;
        }
        System.err.println(reason.sentence());
        return true;
    }

    private static @Nullable StartFailure reason(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StartFailure reason) {
                return reason;
            }
        }
        return null;
    }
}
