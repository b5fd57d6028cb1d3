package dev.parley.usage;

import dev.parley.cluster.Estate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Gives back what nodes held that are gone. What is held for an answer goes with its run.
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
    }
}
