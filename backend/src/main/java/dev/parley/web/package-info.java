/// HTTP as all modules speak it: the envelope, errors, request ids, headers, limits, the web app's files.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.parley.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
