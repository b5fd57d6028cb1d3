/// Who people are and what they prefer: the only module that writes accounts.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web"})
package dev.parley.users;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
