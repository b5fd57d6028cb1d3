/// Made-up people and chats, as many as a test of load wants.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "database", "users", "auth", "chats"})
package dev.parley.seed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
