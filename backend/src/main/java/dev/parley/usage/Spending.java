package dev.parley.usage;

import dev.parley.cluster.Node;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.usage.QuotaRepository.Hold;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Puts aside what a question may need, before a model is asked, and counts what it has needed, afterwards.
/// Nothing is done here while an answer is written.
@Service
public class Spending {
    private final Quotas quotas;
    private final QuotaRepository rows;
    private final SlotRepository slots;
    private final Prices prices;
    private final Supplier<UUID> node;
    private final Clock clock;

    @Autowired
    Spending(Quotas quotas, QuotaRepository rows, SlotRepository slots, Prices prices, Node node, Clock clock) {
        this(quotas, rows, slots, prices, node::id, clock);
    }

    /// @param node what this node is called at the moment
    Spending(
            Quotas quotas,
            QuotaRepository rows,
            SlotRepository slots,
            Prices prices,
            Supplier<UUID> node,
            Clock clock) {
        this.quotas = quotas;
        this.rows = rows;
        this.slots = slots;
        this.prices = prices;
        this.node = node;
        this.clock = clock;
    }

    /// Puts aside what an answer may need, or as much as that is now known to be. It is free again once the run's
    /// row is gone, however that comes.
    ///
    /// @param run which is stored already
    /// @param estimate asked for only where there is a limit
    /// @return whether there is a limit
    /// @throws ParleyException QUOTA_EXCEEDED
    @Transactional
    public boolean reserve(UserId owner, UUID run, Supplier<Estimate> estimate) {
        return reserve(owner, run, true, estimate);
    }

    /// Puts aside what a question without a run may need, until [#settleHere], or until this node is gone.
    ///
    /// @param id to settle it by
    /// @return whether there is a limit
    /// @throws ParleyException QUOTA_EXCEEDED
    @Transactional
    public boolean reserveHere(UserId owner, UUID id, Supplier<Estimate> estimate) {
        return reserve(owner, id, false, estimate);
    }

    /// Counts what was needed of what [#reserveHere] put aside, if anything was, and gives it back.
    @Transactional
    public void settleHere(UserId owner, UUID id, Spent spent, Occasion occasion) {
        // The account first: whoever deletes it holds that, and waits for what is held here.
        boolean counts = rows.hasAccount(owner);
        rows.release(owner, id);
        if (counts) {
            countEnd(owner, spent, occasion);
        }
    }

    /// Gives back what [#reserveHere] put aside, where what was needed cannot be counted.
    @Transactional
    public void giveBackHere(UserId owner, UUID id) {
        rows.release(owner, id);
    }

    private boolean reserve(UserId owner, UUID id, boolean run, Supplier<Estimate> needed) {
        Quota quota = quotas.of(owner);
        if (quota.isNone()) {
            return false;
        }
        Estimate estimate = needed.get();
        Hold wanted = new Hold(
                estimate.promptTokens(),
                estimate.tokens(),
                prices.most(estimate.model(), estimate.promptTokens(), estimate.answerTokens()));
        LocalDate today = today();
        Hold before = rows.held(owner, id);
        if (!rows.hold(owner, today, wanted.tokens() - before.tokens(), wanted.cost() - before.cost(), quota)) {
            throw new Refusal(quota, rows.use(owner, today), wanted, clock.instant()).failure();
        }
        rows.keep(owner, id, run, node.get(), wanted);
        return true;
    }

    /// How many tokens of what is held for an answer are those of its prompt; 0 where nothing is.
    public long heldForPrompt(UserId owner, UUID run) {
        return rows.heldForPrompt(owner, run);
    }

    /// Whether something was spent to the end. What works by itself leaves it alone then.
    public boolean isUsedUp(UserId owner) {
        Quota quota = quotas.of(owner);
        return !quota.isNone() && Refusal.isUsedUp(quota, rows.use(owner, today()));
    }

    /// Counts what was spent, and what for. Of an account that is gone nothing is counted.
    @Transactional
    public void count(UserId owner, Spent spent, Occasion occasion) {
        // Its lock lets nobody delete the account before this is there to be deleted with it.
        if (rows.hasAccount(owner)) {
            countEnd(owner, spent, occasion);
        }
    }

    /// The same in the transaction that ends a run, whose chat is held: as long as that is there, so is its
    /// owner. To wait for the account here would be to wait for whoever deletes it, and waits for the chat.
    @Transactional
    public void countEnd(UserId owner, Spent spent, Occasion occasion) {
        // Nothing was answered: then the model may be one that does not exist, and its name anything.
        if (spent.tokens() == 0 && occasion.equals(Occasion.BACKGROUND)) {
            return;
        }
        long cost = prices.of(spent.model(), spent.promptTokens(), spent.completionTokens());
        rows.spend(owner, today(), spent.tokens(), cost);
        slots.add(owner, clock.instant(), spent, cost, occasion);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
