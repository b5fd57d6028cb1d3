/// What devices sign when somebody registers a passkey or signs in with one (WebAuthn), and whether it is right. Whose
/// passkey it is is not decided here.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.parley.webauthn;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
