package dev.parley.usage;

/// What somebody has spent of this day and this month, and what is held for answers that are being written.
record Use(long dayTokens, long monthTokens, long dayCost, long monthCost, long heldTokens, long heldCost) {
    static final Use NONE = new Use(0, 0, 0, 0, 0, 0);
}
