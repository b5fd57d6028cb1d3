package dev.parley.webauthn;

/// The public half of a passkey.
///
/// @param id as the device names it, in base64url
/// @param attested its kind, id and public key as the device attested them, in base64url
/// @param counter how often it has signed, as it says; 0 where it does not count
/// @param mayBeCopied whether it may be on several devices of its owner
/// @param isCopied whether it is
public record Credential(String id, String attested, long counter, boolean mayBeCopied, boolean isCopied) {}
