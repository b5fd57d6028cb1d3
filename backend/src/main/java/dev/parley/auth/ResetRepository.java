package dev.parley.auth;

import dev.parley.shared.UserId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Links to a new password.
@Repository
class ResetRepository {
    private final JdbcClient jdbc;

    ResetRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whom a link went to, and what it takes away.
    enum Kind {
        /// To the account's email, and to nobody else.
        MAILED,
        HANDED_OVER,
        HANDED_OVER_WITHOUT_SECOND_FACTOR
    }

    void insert(OpaqueToken token, UserId owner, Instant expires, Kind kind) {
        jdbc.sql("""
                insert into password_reset (hash, owner_id, expires_at, without_second_factor, is_mailed)
                values (:hash, :owner, :expires, :without, :mailed)
                """)
                .param("hash", token.hash())
                .param("owner", owner.value())
                .param("expires", at(expires))
                .param("without", kind == Kind.HANDED_OVER_WITHOUT_SECOND_FACTOR)
                .param("mailed", kind == Kind.MAILED)
                .update();
    }

    Optional<UserId> find(OpaqueToken token, Instant now) {
        return jdbc.sql("select owner_id from password_reset where hash = :hash and expires_at > :now")
                .param("hash", token.hash())
                .param("now", at(now))
                .query((row, _) -> new UserId(row.getObject("owner_id", UUID.class)))
                .optional();
    }

    /// Empty when the link was used, or taken back, meanwhile.
    Optional<Kind> take(OpaqueToken token, UserId owner) {
        return jdbc.sql("""
                delete from password_reset
                 where hash = :hash and owner_id = :owner
                returning without_second_factor, is_mailed
                """)
                .param("hash", token.hash())
                .param("owner", owner.value())
                .query((row, _) -> kind(row.getBoolean("is_mailed"), row.getBoolean("without_second_factor")))
                .optional();
    }

    private static Kind kind(boolean mailed, boolean withoutSecondFactor) {
        if (mailed) {
            return Kind.MAILED;
        }
        return withoutSecondFactor ? Kind.HANDED_OVER_WITHOUT_SECOND_FACTOR : Kind.HANDED_OVER;
    }

    /// Everybody's that somebody else made for them.
    void deleteHandedOver() {
        jdbc.sql("delete from password_reset where not is_mailed").update();
    }

    void deleteHandedOver(UserId owner) {
        jdbc.sql("delete from password_reset where owner_id = :owner and not is_mailed")
                .param("owner", owner.value())
                .update();
    }

    void deleteAll(UserId owner) {
        jdbc.sql("delete from password_reset where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    int purge(Instant now) {
        return jdbc.sql("delete from password_reset where expires_at < :now")
                .param("now", at(now))
                .update();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
