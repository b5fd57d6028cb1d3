package dev.parley.usage;

import dev.parley.cluster.Estate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Gives back what nodes held that are gone, or that forgot it. What is held for an answer goes with its run.
@Component
class OrphanedHolds implements Estate {
    private static final Logger log = LoggerFactory.getLogger(OrphanedHolds.class);

    private final QuotaRepository rows;

    OrphanedHolds(QuotaRepository rows) {
        this.rows = rows;
    }

    @Override
    public void inherit() {
        int released = rows.releaseOfTheDead();
        if (released > 0) {
            log.info("Quotas that dead nodes held for {} questions are free again.", released);
        }
        int forgotten = rows.releaseForgotten();
        if (forgotten > 0) {
            log.warn("Quotas that were held for {} questions since yesterday are free again.", forgotten);
        }
    }
}
