package dev.parley.jobs;

import java.time.Duration;

/// Work that one of the nodes does again and again.
public interface Recurring {
    String name();

    Duration every();

    void run();
}
