package dev.parley.jobs;

import dev.parley.shared.Roles.Role;
import java.time.Duration;

/// A kind of background work. A bean of this type is known to the scheduler of every node; each instance runs on one.
///
/// Work is done at least once: a node that dies in the middle leaves its instance to another. What is enqueued while it
/// runs runs once more afterwards; so a long piece of work does a part of it and enqueues itself for the rest.
public interface Job {
    /// Stable: it stands in the table.
    String name();

    /// @param subject what the instance is about, as it was enqueued; unique among the waiting instances of this job
    ///
    /// @throws Hopeless when trying again would change nothing
    void run(String subject);

    /// Which nodes run it, where they are parted. What needs files that people sent is run by those that took them.
    default Role role() {
        return Role.WORKER;
    }

    /// How many instances a node runs at once; the others wait. What takes long, or waits for somebody else, leaves the
    /// most of a node's few threads to what does not.
    default int atOnce() {
        return Integer.MAX_VALUE;
    }

    /// How often a failing instance is tried before it is given up and recorded in `job_failure`.
    default int attempts() {
        return 5;
    }

    /// The wait after the first failure; it doubles with each further one.
    default Duration backoff() {
        return Duration.ofSeconds(5);
    }
}
