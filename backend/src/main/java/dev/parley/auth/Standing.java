package dev.parley.auth;

import dev.parley.shared.UserId;

/// Who brings a password. What is known of them decides for whom they wait until it is looked at, and how often they
/// may
/// be wrong.
///
/// @param share those of one share have their turns one after the other, however many they are
/// @param from where wrong passwords are counted
record Standing(Lane lane, String share, String from) {
    /// From the most trusted on.
    enum Lane {
        /// Has signed in to this very account before, or is signed in to it.
        DEVICE,
        /// Comes from where somebody is signed in. Whose account that is does not count: how long an answer takes
        /// would tell it.
        NETWORK,
        STRANGER
    }

    static Standing device(String account, String device) {
        return new Standing(Lane.DEVICE, account, "device " + device);
    }

    static Standing network(String network, boolean known) {
        return new Standing(known ? Lane.NETWORK : Lane.STRANGER, network, network);
    }

    /// Somebody who has shown already that the account is theirs.
    static Standing owner(UserId owner) {
        return new Standing(Lane.DEVICE, owner.toString(), owner.toString());
    }
}
