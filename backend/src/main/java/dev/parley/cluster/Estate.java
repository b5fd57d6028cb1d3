package dev.parley.cluster;

import java.util.List;
import java.util.UUID;

/// What a dead node leaves behind. A module whose work hangs on a node's lease implements this to take it over.
public interface Estate {
    /// Takes what these nodes held. Called again until it succeeds, by every node: whoever locks a row first has it.
    ///
    /// @return whether nothing of these nodes is left, so that they can be forgotten
    boolean inherit(List<UUID> dead);
}
