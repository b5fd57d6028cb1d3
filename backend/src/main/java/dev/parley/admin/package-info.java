/// What those see and decide who look after the instance. All of its calls are below `/api/v1/admin/`, where
/// `auth` lets nobody else pass. It reads no message, memory or title.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"shared", "web", "users", "chats", "jobs", "usage", "models", "settings", "cluster"})
package dev.parley.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
