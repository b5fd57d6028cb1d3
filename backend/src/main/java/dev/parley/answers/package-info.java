/// Answers while they are written: runs, their event logs, streams, stop, and what happens when a node dies.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "cluster", "chats", "models", "jobs", "database"})
package dev.parley.answers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
