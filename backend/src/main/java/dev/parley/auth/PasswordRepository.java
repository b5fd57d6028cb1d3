package dev.parley.auth;

import dev.parley.shared.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PasswordRepository {
    private final JdbcClient jdbc;

    PasswordRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(UserId owner, String hash, Instant now) {
        jdbc.sql("insert into password (owner_id, hash, changed_at) values (:owner, :hash, :now)")
                .param("owner", owner.value())
                .param("hash", hash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void put(UserId owner, String hash, Instant now) {
        jdbc.sql("""
                insert into password (owner_id, hash, changed_at)
                values (:owner, :hash, :now)
                on conflict (owner_id) do update set hash = excluded.hash, changed_at = excluded.changed_at
                """)
                .param("owner", owner.value())
                .param("hash", hash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<String> find(UserId owner) {
        return jdbc.sql("select hash from password where owner_id = :owner")
                .param("owner", owner.value())
                .query(String.class)
                .optional();
    }

    void delete(UserId owner) {
        jdbc.sql("delete from password where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    /// False when the password is no longer the one that was verified.
    boolean replace(UserId owner, String verified, String hash, Instant now) {
        return jdbc.sql("""
                        update password
                           set hash = :hash, changed_at = :now
                         where owner_id = :owner and hash = :verified
                        """)
                        .param("owner", owner.value())
                        .param("verified", verified)
                        .param("hash", hash)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
