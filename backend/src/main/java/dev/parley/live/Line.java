package dev.parley.live;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/// The wire below a connection.
interface Line {
    /// Blocks until the network has taken the frame. One at a time.
    ///
    /// @param hopeless asked now and then while the reader is slow
    /// @throws TooSlow when it took too long, or was hopeless
    /// @throws IOException when nobody is there any more
    void send(String frame, BooleanSupplier hopeless) throws IOException;

    void ping();

    /// Says goodbye after what was sent before.
    void close(Closing why);

    /// Hangs up.
    void cut();

    /// The reader does not keep up.
    final class TooSlow extends IOException {
        TooSlow() {
            super("The reader does not keep up.");
        }
    }
}
