package dev.parley.auth;

import dev.parley.shared.UserId;

/// Who brings a password. What is known of them decides for whom they wait until it is looked at, and how often they
/// may be wrong.
///
/// @param network the networks of a lane have their turns one after the other, however many come from each
/// @param share and so have the shares of a network
/// @param from where wrong passwords are counted
record Standing(Lane lane, String network, String share, String from) {
    /// From the most trusted on.
    enum Lane {
        /// Has shown already that the account is theirs.
        OWNER,
        /// Has signed in to this very account before.
        DEVICE,
        /// Comes from where somebody is signed in. Whose account that is does not count: how long an answer takes
        /// would tell it.
        NETWORK,
        STRANGER
    }

    static Standing owner(UserId owner, String address) {
        return new Standing(Lane.OWNER, SignInLimits.network(address), owner.toString(), owner.toString());
    }

    static Standing device(String network, String account, String device) {
        return new Standing(Lane.DEVICE, network, account, "device " + device);
    }

    static Standing network(String network, boolean known) {
        return new Standing(known ? Lane.NETWORK : Lane.STRANGER, network, network, network);
    }
}
