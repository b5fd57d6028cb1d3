/// Long-term memory: what people said, found again, and what was learned from it. The only module that writes memories
/// and the index of turns.
///
/// Nothing is thrown away: every message is a [Turn] that can be found; a memory is a sentence that was learned, and
/// points at the turns it came from. See docs/decisions/memory.md.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"shared", "web", "users", "chats", "models", "jobs", "settings", "imports", "usage"})
package dev.parley.memory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
