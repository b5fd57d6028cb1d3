/// Answers while they are written: runs, their event logs, streams, stop, and what happens when a node dies.
///
/// An answer belongs to the server: one [AnswerRun] writes it into an [AnswerLog], any number of listeners follow the
/// log from any position, and a [Checkpointer] keeps the table close behind.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "web",
            "cluster",
            "database",
            "users",
            "chats",
            "models",
            "jobs",
            "memory",
            "usage",
            "settings"
        })
package dev.parley.answers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
