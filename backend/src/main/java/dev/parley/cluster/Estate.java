package dev.parley.cluster;

/// What hangs on a node's lease. A module with such work implements this to take over what no living node has.
public interface Estate {
    /// Lets go what has become another's, and takes what belongs to nodes that are dead or forgotten, or to nobody.
    /// Called by every node, again and again, on one thread: whoever locks a row first has it.
    void inherit();
}
