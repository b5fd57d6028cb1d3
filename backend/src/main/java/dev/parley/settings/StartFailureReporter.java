package dev.parley.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;

/// Says why the start failed in one sentence instead of a stack trace, where the reason is the operator's to remove.
final class StartFailureReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String sentence = sentence(each);
            if (sentence != null) {
                System.err.println(sentence);
                return true;
            }
        }
        return false;
    }

    private static @Nullable String sentence(Throwable failure) {
        return switch (failure) {
            case StartFailure reason -> reason.sentence();
            case PortInUseException taken ->
                "Port " + taken.getPort() + " is in use already; stop what listens there, or set PORT to another one.";
            default -> null;
        };
    }
}
