package dev.parley.cluster;

/// A way for news to all other nodes that are there.
interface Carrier extends AutoCloseable {
    /// Where a carrier leaves what it brings.
    interface Recipient {
        /// @param bundle as [Bundle] writes it; also one's own
        void hear(String bundle);

        void missed();
    }

    void start(String sender, Recipient recipient);

    /// Returns at once. What cannot be carried in the end is said to the others.
    void carry(Signal signal);

    /// Carries what is waiting, and ends.
    @Override
    void close();
}
