package dev.parley.cluster;

import java.util.function.Consumer;

/// Short news from any node to all of them, the sender included.
///
/// News is a hint: it may be lost, come twice or late. What it is about stands in the database, and whoever hears of
/// it looks there.
public interface Signals {
    /// Returns at once. Inside a transaction, tell after the commit: others look at once.
    ///
    /// @param topic a name of ours, as in `chat.changed`
    /// @param body ids, at most 500 characters, and nothing that a person wrote
    void tell(String topic, String body);

    /// @param listener called in order, on a thread that it must not hold up: no I/O
    void on(String topic, Consumer<String> listener);

    /// @param listener called when news may have been missed: whoever relies on it looks for himself
    void onGap(Runnable listener);
}
