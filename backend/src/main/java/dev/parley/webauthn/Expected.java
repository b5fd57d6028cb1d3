package dev.parley.webauthn;

/// What a device was asked to sign, and for whom.
///
/// @param origin of the page that asked, as `https://host:port`
/// @param rpId the host of that page, which the device keeps its keys apart by
/// @param challenge random, in base64url
public record Expected(String origin, String rpId, String challenge) {}
