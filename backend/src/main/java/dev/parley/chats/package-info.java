/// Chats and their messages: the only module that writes them. Publishes [ChatChanged], [ChatDeleted] and
/// [AnswerCompleted].
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "jobs", "database"})
package dev.parley.chats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
