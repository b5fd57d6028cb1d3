/// Mails to people, by the SMTP server that is set. Sending waits for another machine: it is a job's work, never a
/// request's.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.parley.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
