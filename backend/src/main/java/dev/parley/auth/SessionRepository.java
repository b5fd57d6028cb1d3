package dev.parley.auth;

import dev.parley.shared.Cursor;
import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SessionRepository {
    private final JdbcClient jdbc;

    SessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Who a rotated refresh token belongs to.
    record Owned(UUID sessionId, UserId owner) {}

    /// What is known of a refresh token that could not be rotated.
    record Spent(UUID sessionId, boolean ended, boolean used) {}

    void insert(
            UUID id,
            UserId owner,
            Device device,
            @Nullable Instant shown,
            OpaqueToken token,
            Instant now,
            Instant expires) {
        jdbc.sql("""
                with opened as (
                    insert into session (id, owner_id, created_at, last_used_at, shown_at, expires_at, ip, user_agent)
                    values (:id, :owner, :now, :now, :shown, :expires, :ip, :user_agent)
                    returning id
                )
                insert into refresh_token (hash, session_id, expires_at)
                select :hash, id, :expires from opened
                """)
                .param("id", id)
                .param("owner", owner.value())
                .param("now", at(now))
                .param("shown", shown == null ? null : at(shown))
                .param("expires", at(expires))
                .param("ip", device.ip())
                .param("user_agent", device.userAgent())
                .param("hash", token.hash())
                .update();
    }

    /// Takes a token and puts the next one in its place, or does nothing. The session's row is locked first, so that of
    /// two that present the same token the second one sees it used, and a session that ends meanwhile stays ended.
    Optional<Owned> rotate(OpaqueToken token, OpaqueToken next, Device device, Instant now, Instant expires) {
        return jdbc.sql("""
                with live as (
                    select s.id, s.owner_id
                      from refresh_token t
                      join session s on s.id = t.session_id
                     where t.hash = :hash and s.ended_at is null and s.owner_id is not null
                       for no key update of s
                ), used as (
                    update refresh_token t
                       set used_at = :now
                      from live
                     where t.hash = :hash and t.used_at is null and t.expires_at > :now
                    returning live.id, live.owner_id
                ), touched as (
                    update session s
                       set last_used_at = :now, expires_at = :expires, ip = :ip, user_agent = :user_agent
                      from used
                     where s.id = used.id
                    returning s.id, used.owner_id
                ), issued as (
                    insert into refresh_token (hash, session_id, expires_at)
                    select :next, id, :expires from touched
                )
                select id, owner_id from touched
                """)
                .param("hash", token.hash())
                .param("next", next.hash())
                .param("now", at(now))
                .param("expires", at(expires))
                .param("ip", device.ip())
                .param("user_agent", device.userAgent())
                .query((row, _) ->
                        new Owned(row.getObject("id", UUID.class), new UserId(row.getObject("owner_id", UUID.class))))
                .optional();
    }

    Optional<Spent> spent(OpaqueToken token) {
        return jdbc.sql("""
                select s.id, s.ended_at is not null as ended, t.used_at is not null as used
                  from refresh_token t
                  join session s on s.id = t.session_id
                 where t.hash = :hash
                """)
                .param("hash", token.hash())
                .query((row, _) ->
                        new Spent(row.getObject("id", UUID.class), row.getBoolean("ended"), row.getBoolean("used")))
                .optional();
    }

    /// Empty when there is no such session, or it has ended already.
    Optional<Sessions.End> end(UUID id) {
        return jdbc.sql("""
                update session
                   set ended_at = clock_timestamp()
                 where id = :id and ended_at is null
                returning id, ended_at
                """).param("id", id).query(SessionRepository::end).optional();
    }

    Optional<Sessions.End> end(UUID id, UserId owner) {
        return jdbc.sql("""
                update session
                   set ended_at = clock_timestamp()
                 where id = :id and owner_id = :owner and ended_at is null
                returning id, ended_at
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(SessionRepository::end)
                .optional();
    }

    /// @param except the session that stays, or null for none
    List<Sessions.End> endAll(UserId owner, @Nullable UUID except) {
        return jdbc.sql("""
                update session
                   set ended_at = clock_timestamp()
                 where owner_id = :owner and ended_at is null and id is distinct from :except::uuid
                returning id, ended_at
                """)
                .param("owner", owner.value())
                .param("except", except)
                .query(SessionRepository::end)
                .list();
    }

    /// What remains says that its tokens are void, and no longer whose they were.
    void forgetOwner(UserId owner) {
        jdbc.sql("update session set owner_id = null, ip = '', user_agent = '' where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    List<Session> open(UserId owner, @Nullable Cursor after, int limit, Instant now) {
        return jdbc.sql("""
                select id, created_at, last_used_at, shown_at, ip, user_agent
                  from session
                 where owner_id = :owner and ended_at is null and expires_at > :now
                   and (:after_time::timestamptz is null or (last_used_at, id) < (:after_time, :after_id::uuid))
                 order by last_used_at desc, id desc
                 limit :limit
                """)
                .param("owner", owner.value())
                .param("now", at(now))
                .param("after_time", after == null ? null : at(after.instant(0)))
                .param("after_id", after == null ? null : after.uuid(1))
                .param("limit", limit)
                .query(SessionRepository::session)
                .list();
    }

    boolean isShownSince(UUID id, Instant since) {
        return jdbc.sql("select exists (select from session where id = :id and ended_at is null and shown_at > :since)")
                .param("id", id)
                .param("since", at(since))
                .query(Boolean.class)
                .single();
    }

    List<String> addresses(UserId owner) {
        return jdbc.sql("select distinct ip from session where owner_id = :owner")
                .param("owner", owner.value())
                .query((row, _) -> row.getString("ip"))
                .list();
    }

    /// From where people are signed in, the latest first.
    List<String> openAddresses(Instant now, int most) {
        return jdbc.sql("""
                select ip
                  from session
                 where ended_at is null and expires_at > :now
                 group by ip
                 order by max(last_used_at) desc
                 limit :most
                """)
                .param("now", at(now))
                .param("most", most)
                .query((row, _) -> row.getString("ip"))
                .list();
    }

    boolean isOpen(UUID id) {
        return jdbc.sql("select exists (select from session where id = :id and ended_at is null)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /// Sessions that ended, and API keys that were deleted or expired, within the last seconds, in the database's time.
    List<Sessions.End> endedWithin(double seconds) {
        return jdbc.sql("""
                select id, ended_at from session where ended_at > clock_timestamp() - make_interval(secs => :seconds)
                union all
                select id, ended_at from api_key_end where ended_at > clock_timestamp() - make_interval(secs => :seconds)
                union all
                select id, expires_at
                  from api_key
                 where expires_at > clock_timestamp() - make_interval(secs => :seconds)
                   and expires_at <= clock_timestamp()
                """)
                .param("seconds", seconds)
                .query(SessionRepository::end)
                .list();
    }

    /// Forgets sessions and used tokens that nobody can come back with.
    int purge(Instant expiredBefore) {
        return jdbc.sql("""
                with old_tokens as (
                    delete from refresh_token where expires_at < :before
                )
                delete from session where expires_at < :before
                """).param("before", at(expiredBefore)).update();
    }

    private static Session session(ResultSet row, int number) throws SQLException {
        Timestamp shown = row.getTimestamp("shown_at");
        return new Session(
                row.getObject("id", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("last_used_at").toInstant(),
                shown == null ? null : shown.toInstant(),
                row.getString("ip"),
                row.getString("user_agent"));
    }

    static Sessions.End end(ResultSet row, int number) throws SQLException {
        return new Sessions.End(
                row.getObject("id", UUID.class), row.getTimestamp("ended_at").toInstant());
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
