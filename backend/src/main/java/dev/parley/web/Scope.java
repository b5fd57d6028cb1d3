package dev.parley.web;

import dev.parley.shared.Word;

/// What a credential opens. A person who signs in has all of it, a personal API key what it was made for.
public enum Scope implements Word {
    CHATS,
    MODELS,
    MEMORIES,
    /// How one signs in, the profile, and whatever no key is made for: never a key's.
    ACCOUNT
}
