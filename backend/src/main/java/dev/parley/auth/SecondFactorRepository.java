package dev.parley.auth;

import dev.parley.shared.UserId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SecondFactorRepository {
    private final JdbcClient jdbc;

    SecondFactorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param secret sealed
    /// @param enabledAt null while no code has shown that the device has the secret
    record Factor(String secret, @Nullable Instant enabledAt, long lastStep) {}

    Optional<Factor> find(UserId owner) {
        return jdbc.sql("select secret, enabled_at, last_step from second_factor where owner_id = :owner")
                .param("owner", owner.value())
                .query((row, _) -> new Factor(
                        row.getString("secret"), instant(row.getTimestamp("enabled_at")), row.getLong("last_step")))
                .optional();
    }

    /// Puts a new secret in the place of one that was never confirmed. False when one is in use.
    boolean prepare(UserId owner, String secret, Instant now) {
        return jdbc.sql("""
                        insert into second_factor (owner_id, secret, created_at)
                        values (:owner, :secret, :now)
                        on conflict (owner_id) do update
                           set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
                         where second_factor.enabled_at is null
                        """)
                        .param("owner", owner.value())
                        .param("secret", secret)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    void enable(UserId owner, Instant now) {
        jdbc.sql("update second_factor set enabled_at = :now where owner_id = :owner")
                .param("owner", owner.value())
                .param("now", at(now))
                .update();
    }

    void use(UserId owner, long step) {
        jdbc.sql("update second_factor set last_step = :step where owner_id = :owner")
                .param("owner", owner.value())
                .param("step", step)
                .update();
    }

    void delete(UserId owner) {
        jdbc.sql("delete from second_factor where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    void replaceCodes(UserId owner, List<RecoveryCode> codes) {
        jdbc.sql("delete from recovery_code where owner_id = :owner")
                .param("owner", owner.value())
                .update();
        for (RecoveryCode code : codes) {
            jdbc.sql("insert into recovery_code (owner_id, hash) values (:owner, :hash)")
                    .param("owner", owner.value())
                    .param("hash", code.hash(owner))
                    .update();
        }
    }

    /// True for who is the first to use it.
    boolean use(UserId owner, RecoveryCode code) {
        return jdbc.sql("delete from recovery_code where owner_id = :owner and hash = :hash")
                        .param("owner", owner.value())
                        .param("hash", code.hash(owner))
                        .update()
                == 1;
    }

    int codesLeft(UserId owner) {
        return jdbc.sql("select count(*) from recovery_code where owner_id = :owner")
                .param("owner", owner.value())
                .query(Integer.class)
                .single();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
