package dev.parley.auth;

import dev.parley.auth.IdentityRepository.Name;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Who has said their password, or come from a provider, and not yet said their code.
@Repository
class ChallengeRepository {
    private final JdbcClient jdbc;

    ChallengeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What came with a challenge that was met.
    ///
    /// @param pending to be linked now; null: nothing
    record Met(@Nullable Name pending) {}

    void insert(OpaqueToken challenge, UserId owner, @Nullable Name pending, Instant expires) {
        jdbc.sql("""
                insert into sign_in_challenge (hash, owner_id, expires_at, issuer, subject, email)
                values (:hash, :owner, :expires, :issuer, :subject, :email)
                """)
                .param("hash", challenge.hash())
                .param("owner", owner.value())
                .param("expires", expires.atOffset(ZoneOffset.UTC))
                .param("issuer", pending == null ? null : pending.issuer())
                .param("subject", pending == null ? null : pending.subject())
                .param("email", pending == null ? null : pending.email())
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

    /// Empty when it was met or taken back meanwhile.
    Optional<Met> take(OpaqueToken challenge) {
        return jdbc.sql("delete from sign_in_challenge where hash = :hash returning issuer, subject, email")
                .param("hash", challenge.hash())
                .query((row, _) -> met(row.getString("issuer"), row.getString("subject"), row.getString("email")))
                .optional();
    }

    private static Met met(@Nullable String issuer, @Nullable String subject, @Nullable String email) {
        return new Met(issuer == null || subject == null || email == null ? null : new Name(issuer, subject, email));
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
