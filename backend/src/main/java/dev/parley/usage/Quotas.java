package dev.parley.usage;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.UserId;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Who may spend how much: what an operator has set for a person, else what is set for those of their role.
@Service
public class Quotas {
    private final QuotaRepository rows;
    private final Users users;
    private final Prices prices;
    private final String currency;
    private final Quota ofUsers;
    private final Quota ofStaff;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Quotas(
            QuotaRepository rows,
            Users users,
            Prices prices,
            UsageProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.users = users;
        this.prices = prices;
        this.currency = properties.currency();
        this.ofUsers = Quota.parse(properties.userQuota());
        this.ofStaff = Quota.parse(properties.staffQuota());
        this.events = events;
        this.clock = clock;
    }

    Quota of(UserId owner) {
        Optional<Quota> own = rows.find(owner);
        if (own.isPresent()) {
            return own.get();
        }
        if (ofUsers.equals(ofStaff)) {
            return ofUsers;
        }
        return users.find(owner).map(User::isStaff).orElse(false) ? ofStaff : ofUsers;
    }

    /// What somebody has used, and may.
    public UsageView view(UserId owner) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Use use = rows.use(owner, today);
        Optional<Quota> own = rows.find(owner);
        Quota quota = own.orElseGet(() -> of(owner));
        return new UsageView(
                currency,
                !prices.isEmpty(),
                own.isPresent(),
                span(today.plusDays(1), use.dayTokens(), use.dayCost(), quota.dayTokens(), quota.dayCost()),
                span(
                        today.withDayOfMonth(1).plusMonths(1),
                        use.monthTokens(),
                        use.monthCost(),
                        quota.monthTokens(),
                        quota.monthCost()));
    }

    private static UsageView.UsageSpan span(
            LocalDate end, long tokens, long cost, @Nullable Long tokenLimit, @Nullable Long costLimit) {
        return new UsageView.UsageSpan(
                end.atStartOfDay().toInstant(ZoneOffset.UTC),
                tokens,
                Money.shown(cost),
                tokenLimit,
                costLimit == null ? null : Money.shown(costLimit));
    }

    /// From now on somebody may spend so much, whatever their role may.
    @Transactional
    public void set(UserId actor, UserId owner, QuotaLimits limits) {
        rows.save(owner, limits.quota());
        events.publishEvent(new AuditEvent(actor, "quota.set", owner.value(), told(limits)));
    }

    /// From now on somebody may spend what those of their role may.
    @Transactional
    public void clear(UserId actor, UserId owner) {
        if (rows.delete(owner)) {
            events.publishEvent(AuditEvent.of(actor, "quota.cleared", owner.value()));
        }
    }

    private static Map<String, String> told(QuotaLimits limits) {
        Map<String, String> told = new TreeMap<>();
        tell(told, "day_tokens", limits.dayTokens());
        tell(told, "month_tokens", limits.monthTokens());
        tell(told, "day_cost", limits.dayCost());
        tell(told, "month_cost", limits.monthCost());
        return told;
    }

    private static void tell(Map<String, String> told, String name, @Nullable Number limit) {
        told.put(name, limit == null ? "none" : limit.toString());
    }
}
