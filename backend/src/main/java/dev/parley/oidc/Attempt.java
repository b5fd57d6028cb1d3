package dev.parley.oidc;

import java.net.URI;

/// A sign-in that has begun here and goes on at the provider.
///
/// @param state comes back with the code, and shows which attempt it belongs to
/// @param nonce comes back inside the ID token, and shows that it was made for this attempt
/// @param verifier what only we know of the challenge that the provider was told (PKCE)
/// @param redirect where the provider sends the browser back to
/// @param afresh whether the provider was asked not to take an earlier sign-in for this one
public record Attempt(String state, String nonce, String verifier, URI redirect, boolean afresh) {
    /// Never in a log.
    @Override
    public String toString() {
        return "Attempt[…]";
    }
}
