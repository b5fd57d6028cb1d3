package dev.parley.auth;

import dev.parley.shared.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Who has said their password and not yet their code.
@Repository
class ChallengeRepository {
    private final JdbcClient jdbc;

    ChallengeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(OpaqueToken challenge, UserId owner, Instant expires) {
        jdbc.sql("insert into sign_in_challenge (hash, owner_id, expires_at) values (:hash, :owner, :expires)")
                .param("hash", challenge.hash())
                .param("owner", owner.value())
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Whose it is; empty when it is none, is over, or was tried too often.
    Optional<UserId> find(OpaqueToken challenge, int most, Instant now) {
        return jdbc.sql("""
                select owner_id
                  from sign_in_challenge
                 where hash = :hash and attempts < :most and expires_at > :now
                """)
                .param("hash", challenge.hash())
                .param("most", most)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new UserId(row.getObject("owner_id", UUID.class)))
                .optional();
    }

    /// Counts, however many try at once. False when it is over meanwhile, or was tried too often.
    boolean attempt(OpaqueToken challenge, int most, Instant now) {
        return jdbc.sql("""
                        update sign_in_challenge
                           set attempts = attempts + 1
                         where hash = :hash and attempts < :most and expires_at > :now
                        """)
                        .param("hash", challenge.hash())
                        .param("most", most)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /// False when it was met or taken back meanwhile.
    boolean take(OpaqueToken challenge) {
        return jdbc.sql("delete from sign_in_challenge where hash = :hash")
                        .param("hash", challenge.hash())
                        .update()
                == 1;
    }

    void deleteAll(UserId owner) {
        jdbc.sql("delete from sign_in_challenge where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    int purge(Instant now) {
        return jdbc.sql("delete from sign_in_challenge where expires_at < :now")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
