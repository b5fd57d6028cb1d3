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

    /// A link that was used.
    ///
    /// @param mailed whether it went to the account's email, and to nobody else
    record Taken(boolean withoutSecondFactor, boolean mailed) {}

    void insert(OpaqueToken token, UserId owner, Instant expires, boolean withoutSecondFactor, boolean mailed) {
        jdbc.sql("""
                insert into password_reset (hash, owner_id, expires_at, without_second_factor, is_mailed)
                values (:hash, :owner, :expires, :without, :mailed)
                """)
                .param("hash", token.hash())
                .param("owner", owner.value())
                .param("expires", at(expires))
                .param("without", withoutSecondFactor)
                .param("mailed", mailed)
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
    Optional<Taken> take(OpaqueToken token, UserId owner) {
        return jdbc.sql("""
                delete from password_reset
                 where hash = :hash and owner_id = :owner
                returning without_second_factor, is_mailed
                """)
                .param("hash", token.hash())
                .param("owner", owner.value())
                .query((row, _) -> new Taken(row.getBoolean("without_second_factor"), row.getBoolean("is_mailed")))
                .optional();
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
