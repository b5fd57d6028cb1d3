/// Chats from elsewhere: files of ChatGPT, Open WebUI, LibreChat and Parley itself, read as they come and written chat
/// by
/// chat. The same file twice brings nothing twice.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "users", "chats", "jobs", "database"})
package dev.parley.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
