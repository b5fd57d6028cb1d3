package dev.parley.cluster;

import dev.parley.shared.HealthPart;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The Redis between the nodes, where one is configured. It may be away, hang or come back empty at any moment, and it
/// never has anything that nobody else has: who uses it has a way without it.
public interface Redis {
    /// Whether it answers, as far as is known at the moment. False for ever where none is configured.
    boolean isUp();

    /// Looks now.
    HealthPart.State state();

    /// Before the start of what uses it.
    ///
    /// @param listener called with each message, in order, on a thread that it must not hold up
    void subscribe(String channel, Consumer<byte[]> listener);

    /// @param listener called whenever it is there, or there again: what was sent meanwhile is lost
    void whenUp(Runnable listener);

    /// Returns at once, whatever state Redis is in.
    ///
    /// @return how many heard it; fails soon when it cannot be sent
    CompletionStage<Long> publish(String channel, byte[] message);
}
