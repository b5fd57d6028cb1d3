package dev.parley.auth;

import dev.parley.shared.Cursor;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import dev.parley.web.Caller;
import dev.parley.web.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ApiKeyRepository {
    private static final String KEY = "id, name, prefix, scopes, created_at, expires_at, last_used_at";

    private final JdbcClient jdbc;

    ApiKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whom a key that was presented stands for.
    ///
    /// @param restful whether its use has been noted within the last minute
    record Presented(Caller caller, boolean expired, boolean restful) {}

    void insert(ApiKey key, UserId owner, KeySecret secret) {
        jdbc.sql("""
                insert into api_key (id, owner_id, name, prefix, hash, scopes, created_at, expires_at)
                values (:id, :owner, :name, :prefix, :hash, :scopes, :created, :expires)
                """)
                .param("id", key.id())
                .param("owner", owner.value())
                .param("name", key.name())
                .param("prefix", key.prefix())
                .param("hash", secret.hash())
                .param("scopes", key.scopes().stream().map(Scope::word).toArray(String[]::new))
                .param("created", at(key.createdAt()))
                .param("expires", key.expiresAt() == null ? null : at(key.expiresAt()))
                .update();
    }

    int count(UserId owner) {
        return jdbc.sql("select count(*) from api_key where owner_id = :owner")
                .param("owner", owner.value())
                .query(Integer.class)
                .single();
    }

    /// Expiry is in the database's time, as the nodes are told of it. Those of a closed account are not found.
    Optional<Presented> find(KeySecret secret) {
        return jdbc.sql("""
                select k.id, k.owner_id, k.scopes,
                       coalesce(k.expires_at <= clock_timestamp(), false) as expired,
                       coalesce(k.last_used_at > clock_timestamp() - interval '1 minute', false) as restful
                  from api_key k
                  join account a on a.id = k.owner_id and a.is_active
                 where k.hash = :hash
                """)
                .param("hash", secret.hash())
                .query((row, _) -> new Presented(
                        new Caller(
                                new UserId(row.getObject("owner_id", UUID.class)),
                                row.getObject("id", UUID.class),
                                Set.copyOf(scopes(row))),
                        row.getBoolean("expired"),
                        row.getBoolean("restful")))
                .optional();
    }

    /// Whether a request that came with it would be let in.
    boolean isGood(UUID id) {
        return jdbc.sql("""
                select exists (select
                                 from api_key k
                                 join account a on a.id = k.owner_id and a.is_active
                                where k.id = :id
                                  and (k.expires_at is null or k.expires_at > clock_timestamp()))
                """).param("id", id).query(Boolean.class).single();
    }

    /// Once a minute at most, also when many use it at once.
    void noteUse(UUID id, UserId owner) {
        jdbc.sql("""
                update api_key
                   set last_used_at = clock_timestamp()
                 where id = :id and owner_id = :owner
                   and (last_used_at is null or last_used_at <= clock_timestamp() - interval '1 minute')
                """).param("id", id).param("owner", owner.value()).update();
    }

    List<ApiKey> list(UserId owner, @Nullable Cursor after, int limit) {
        return jdbc.sql("""
                select %s
                  from api_key
                 where owner_id = :owner and (:after::uuid is null or id < :after::uuid)
                 order by id desc
                 limit :limit
                """.formatted(KEY))
                .param("owner", owner.value())
                .param("after", after == null ? null : after.uuid(0))
                .param("limit", limit)
                .query(ApiKeyRepository::key)
                .list();
    }

    /// Empty when there is no such key, or it is somebody else's.
    Optional<Sessions.End> delete(UUID id, UserId owner) {
        return jdbc.sql("""
                with gone as (
                    delete from api_key where id = :id and owner_id = :owner returning id
                )
                insert into api_key_end (id, ended_at) select id, clock_timestamp() from gone
                returning id, ended_at
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(SessionRepository::end)
                .optional();
    }

    /// What is open in the name of any of them is closed; they stay.
    List<Sessions.End> endAll(UserId owner) {
        return jdbc.sql("""
                insert into api_key_end (id, ended_at)
                select id, clock_timestamp() from api_key where owner_id = :owner
                returning id, ended_at
                """)
                .param("owner", owner.value())
                .query(SessionRepository::end)
                .list();
    }

    List<Sessions.End> deleteAll(UserId owner) {
        return jdbc.sql("""
                with gone as (
                    delete from api_key where owner_id = :owner returning id
                )
                insert into api_key_end (id, ended_at) select id, clock_timestamp() from gone
                returning id, ended_at
                """)
                .param("owner", owner.value())
                .query(SessionRepository::end)
                .list();
    }

    /// Forgets ends that every node has heard of long ago.
    int purgeEnds() {
        return jdbc.sql("delete from api_key_end where ended_at < clock_timestamp() - interval '1 day'")
                .update();
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("prefix"),
                scopes(row),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("expires_at")),
                instant(row.getTimestamp("last_used_at")));
    }

    private static List<Scope> scopes(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(word -> Word.parse(Scope.class, word))
                .toList();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
