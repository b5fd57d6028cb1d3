package dev.parley.web;

import dev.parley.shared.UserId;
import java.util.UUID;

/// Who makes a request, as the sign-in filter found out: the principal of every authenticated request.
///
/// @param sessionId the signed-in device that the credential belongs to
public record Caller(UserId user, UUID sessionId) {}
