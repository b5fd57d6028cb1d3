/// What those see and decide who look after the instance. All of its calls are below `/api/v1/admin/`, where
/// `auth` lets nobody else pass. Titles and messages are read by [ChatReading] alone, and no memories.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "web",
            "users",
            "auth",
            "chats",
            "jobs",
            "usage",
            "models",
            "settings",
            "cluster"
        })
package dev.parley.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
