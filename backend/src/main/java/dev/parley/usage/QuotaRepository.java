package dev.parley.usage;

import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What people may spend, have spent, and what is held for them.
@Repository
class QuotaRepository {
    private final JdbcClient jdbc;

    QuotaRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Quota> find(UserId owner) {
        return jdbc.sql("select day_tokens, month_tokens, day_cost, month_cost from quota where owner_id = :owner")
                .param("owner", owner.value())
                .query((row, _) -> new Quota(
                        number(row, "day_tokens"),
                        number(row, "month_tokens"),
                        number(row, "day_cost"),
                        number(row, "month_cost")))
                .optional();
    }

    void save(UserId owner, Quota quota) {
        jdbc.sql("""
                insert into quota (owner_id, day_tokens, month_tokens, day_cost, month_cost)
                values (:owner, :day_tokens, :month_tokens, :day_cost, :month_cost)
                on conflict (owner_id) do update
                   set day_tokens = excluded.day_tokens, month_tokens = excluded.month_tokens,
                       day_cost = excluded.day_cost, month_cost = excluded.month_cost
                """)
                .param("owner", owner.value())
                .param("day_tokens", quota.dayTokens())
                .param("month_tokens", quota.monthTokens())
                .param("day_cost", quota.dayCost())
                .param("month_cost", quota.monthCost())
                .update();
    }

    boolean delete(UserId owner) {
        return jdbc.sql("delete from quota where owner_id = :owner")
                        .param("owner", owner.value())
                        .update()
                == 1;
    }

    Use use(UserId owner, LocalDate day) {
        return jdbc.sql("""
                select case when day >= :day then day_tokens else 0 end as day_tokens,
                       case when month >= :month then month_tokens else 0 end as month_tokens,
                       case when day >= :day then day_cost else 0 end as day_cost,
                       case when month >= :month then month_cost else 0 end as month_cost,
                       held_tokens, held_cost
                  from quota_use
                 where owner_id = :owner
                """)
                .param("owner", owner.value())
                .param("day", day)
                .param("month", day.withDayOfMonth(1))
                .query((row, _) -> new Use(
                        row.getLong("day_tokens"),
                        row.getLong("month_tokens"),
                        row.getLong("day_cost"),
                        row.getLong("month_cost"),
                        row.getLong("held_tokens"),
                        row.getLong("held_cost")))
                .optional()
                .orElse(Use.NONE);
    }

    /// Holds so much more, if what was spent and what is held leave room for it; less is always possible. Whoever
    /// comes at the same time waits for this row, and then sees it as it has become. A day that another node
    /// knows already is never taken back.
    boolean hold(UserId owner, LocalDate day, long tokens, long cost, Quota quota) {
        return jdbc.sql("""
                        insert into quota_use as u (owner_id, day, month, held_tokens, held_cost)
                        select :owner, :day, :month, :tokens, :cost
                         where :tokens <= least(:day_tokens, :month_tokens) and :cost <= least(:day_cost, :month_cost)
                            -- The row is there: the rule below decides.
                            or exists (select from quota_use where owner_id = :owner)
                        on conflict (owner_id) do update
                           set day = greatest(u.day, excluded.day), month = greatest(u.month, excluded.month),
                               day_tokens = case when u.day >= excluded.day then u.day_tokens else 0 end,
                               month_tokens = case when u.month >= excluded.month then u.month_tokens else 0 end,
                               day_cost = case when u.day >= excluded.day then u.day_cost else 0 end,
                               month_cost = case when u.month >= excluded.month then u.month_cost else 0 end,
                               held_tokens = u.held_tokens + :tokens, held_cost = u.held_cost + :cost
                         where (:tokens <= 0
                                or (case when u.day >= excluded.day then u.day_tokens else 0 end
                                    + u.held_tokens + :tokens <= :day_tokens
                                    and case when u.month >= excluded.month then u.month_tokens else 0 end
                                    + u.held_tokens + :tokens <= :month_tokens))
                           and (:cost <= 0
                                or (case when u.day >= excluded.day then u.day_cost else 0 end
                                    + u.held_cost + :cost <= :day_cost
                                    and case when u.month >= excluded.month then u.month_cost else 0 end
                                    + u.held_cost + :cost <= :month_cost))
                        """)
                        .param("owner", owner.value())
                        .param("day", day)
                        .param("month", day.withDayOfMonth(1))
                        .param("tokens", tokens)
                        .param("cost", cost)
                        .param("day_tokens", most(quota.dayTokens()))
                        .param("month_tokens", most(quota.monthTokens()))
                        .param("day_cost", most(quota.dayCost()))
                        .param("month_cost", most(quota.monthCost()))
                        .update()
                == 1;
    }

    /// What is held for one answer.
    ///
    /// @param promptTokens how many of the tokens are the prompt's
    record Hold(long promptTokens, long tokens, long cost) {
        Hold {
            if (promptTokens < 0 || tokens < promptTokens || cost < 0) {
                throw new IllegalArgumentException("Less than nothing cannot be held.");
            }
        }

        static final Hold NONE = new Hold(0, 0, 0);
    }

    /// Holds the row too: it is locked before the sum, by everybody.
    Hold held(UserId owner, UUID id) {
        return jdbc.sql("""
                select prompt_tokens, tokens, cost from quota_hold where id = :id and owner_id = :owner for update
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query((row, _) -> new Hold(row.getLong("prompt_tokens"), row.getLong("tokens"), row.getLong("cost")))
                .optional()
                .orElse(Hold.NONE);
    }

    long heldForPrompt(UserId owner, UUID id) {
        return jdbc.sql("select prompt_tokens from quota_hold where id = :id and owner_id = :owner")
                .param("id", id)
                .param("owner", owner.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// Until this transaction ends it stays.
    boolean hasAccount(UserId owner) {
        return jdbc.sql("select id from account where id = :owner for key share")
                .param("owner", owner.value())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /// @param run whether the id is that of a run; else the hold is the node's
    void keep(UserId owner, UUID id, boolean run, UUID node, Hold hold) {
        jdbc.sql("""
                insert into quota_hold (id, owner_id, run_id, node_id, prompt_tokens, tokens, cost)
                values (:id, :owner, :run, :node, :prompt, :tokens, :cost)
                on conflict (id) do update
                   set prompt_tokens = excluded.prompt_tokens, tokens = excluded.tokens, cost = excluded.cost
                """)
                .param("id", id)
                .param("owner", owner.value())
                .param("run", run ? id : null)
                .param("node", run ? null : node)
                .param("prompt", hold.promptTokens())
                .param("tokens", hold.tokens())
                .param("cost", hold.cost())
                .update();
    }

    /// What was held is free again.
    void release(UserId owner, UUID id) {
        jdbc.sql("delete from quota_hold where id = :id and owner_id = :owner")
                .param("id", id)
                .param("owner", owner.value())
                .update();
    }

    /// What nodes held that are gone.
    int releaseOfTheDead() {
        return jdbc.sql("""
                delete from quota_hold h
                 where h.node_id is not null
                   and not exists (select from node n where n.id = h.node_id and not n.dead)
                """).update();
    }

    /// What nodes have held for longer than any call lasts. What belongs to a run goes with the run.
    int releaseForgotten() {
        return jdbc.sql("""
                delete from quota_hold
                 where node_id is not null and created_at < clock_timestamp() - interval '1 day'
                """).update();
    }

    /// Adds to what was spent.
    void spend(UserId owner, LocalDate day, long tokens, long cost) {
        jdbc.sql("""
                insert into quota_use as u (owner_id, day, month, day_tokens, month_tokens, day_cost, month_cost)
                values (:owner, :day, :month, :tokens, :tokens, :cost, :cost)
                on conflict (owner_id) do update
                   set day = greatest(u.day, excluded.day), month = greatest(u.month, excluded.month),
                       day_tokens = case when u.day >= excluded.day then u.day_tokens else 0 end + :tokens,
                       month_tokens = case when u.month >= excluded.month then u.month_tokens else 0 end + :tokens,
                       day_cost = case when u.day >= excluded.day then u.day_cost else 0 end + :cost,
                       month_cost = case when u.month >= excluded.month then u.month_cost else 0 end + :cost
                """)
                .param("owner", owner.value())
                .param("day", day)
                .param("month", day.withDayOfMonth(1))
                .param("tokens", tokens)
                .param("cost", cost)
                .update();
    }

    private static long most(@Nullable Long limit) {
        return limit == null ? Long.MAX_VALUE : limit;
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }
}
