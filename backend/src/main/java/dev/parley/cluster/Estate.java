package dev.parley.cluster;

/// What hangs on a node's lease. A module with such work implements this to take over what no living node has.
public interface Estate {
    /// Takes what belongs to nodes that are dead or forgotten. Called by every node, again and again: whoever locks a
    /// row first has it.
    void inherit();
}
