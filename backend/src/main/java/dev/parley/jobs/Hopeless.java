package dev.parley.jobs;

/// Thrown by a job where trying again changes nothing: it is given up and recorded at once.
public final class Hopeless extends RuntimeException {
    public Hopeless(String reason, Throwable cause) {
        super(reason, cause);
    }
}
