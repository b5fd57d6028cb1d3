package dev.parley.gateway;

import dev.parley.models.AnswerDefaults;
import dev.parley.models.Prompt;
import dev.parley.shared.Ids;
import dev.parley.shared.Outage;
import dev.parley.shared.UserId;
import dev.parley.usage.Estimate;
import dev.parley.usage.Occasion;
import dev.parley.usage.QuestionLimit;
import dev.parley.usage.Spending;
import dev.parley.usage.Spent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Lets a program ask as often as its owner may, holds what a question may need of their quota, and counts what it has
/// needed.
@Component
class Quota {
    private static final Logger log = LoggerFactory.getLogger(Quota.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Spending spending;
    private final AnswerDefaults defaults;
    private final QuestionLimit limit;

    Quota(Spending spending, AnswerDefaults defaults, QuestionLimit limit) {
        this.spending = spending;
        this.defaults = defaults;
        this.limit = limit;
    }

    /// @return by what it is settled
    /// @throws dev.parley.shared.ParleyException QUOTA_EXCEEDED, RATE_LIMITED
    UUID hold(UserId owner, Prompt prompt) {
        limit.attempt(owner).require();
        UUID id = Ids.next();
        spending.reserveHere(owner, id, () -> {
            Integer told = prompt.maxTokens();
            long longest = told == null ? defaults.longest(prompt.model(), null) : told;
            return new Estimate(prompt.model(), Meter.most(prompt), longest);
        });
        return id;
    }

    /// For texts that are only read.
    UUID hold(UserId owner, String model, List<String> texts) {
        limit.attempt(owner).require();
        UUID id = Ids.next();
        spending.reserveHere(owner, id, () -> new Estimate(model, Meter.most(texts), 0));
        return id;
    }

    /// Counts, and gives back what was held. While the database is away this waits beside the answer, which is told.
    void settle(UserId owner, UUID id, Spent spent, Occasion occasion) {
        try {
            spending.settleHere(owner, id, spent, occasion);
        } catch (RuntimeException e) {
            if (!Outage.isOne(e)) {
                giveBack(owner, id, e);
                throw e;
            }
            log.warn("What a program used is counted when the database is back: {}", String.valueOf(e.getMessage()));
            Thread.ofVirtual().name("settle-" + id).start(() -> settleAtLast(owner, id, spent, occasion));
        }
    }

    /// What was not counted was undone as a whole, and is still held.
    private void giveBack(UserId owner, UUID id, RuntimeException uncounted) {
        try {
            spending.giveBackHere(owner, id);
        } catch (RuntimeException e) {
            uncounted.addSuppressed(e);
        }
    }

    private void settleAtLast(UserId owner, UUID id, Spent spent, Occasion occasion) {
        while (true) {
            try {
                Thread.sleep(RETRY);
                spending.settleHere(owner, id, spent, occasion);
                return;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!Outage.isOne(e)) {
                    giveBack(owner, id, e);
                    log.error("What a program used cannot be counted.", e);
                    return;
                }
            }
        }
    }
}
