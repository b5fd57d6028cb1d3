/// The WebSocket at `/ws`: answers as they are written, and what changes in a person's chats, on all their devices.
///
/// A [Connection] is one tab or program. What it says is carried out by [Commands]; what it hears comes from a
/// [Follower] for each answer, and as news of everything else through its [Outbox].
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "cluster", "chats", "answers"})
package dev.parley.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
