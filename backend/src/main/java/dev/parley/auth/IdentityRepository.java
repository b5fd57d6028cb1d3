package dev.parley.auth;

import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class IdentityRepository {
    private final JdbcClient jdbc;

    IdentityRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Who somebody is elsewhere.
    record Name(String issuer, String subject, String email) {}

    /// Until the transaction ends nobody else decides whose this is.
    void lock(Name name) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "parley.identity " + name.issuer() + " " + name.subject())
                .query(rows -> {});
    }

    /// Whose it is.
    Optional<UserId> find(Name name) {
        return jdbc.sql("select owner_id from identity where issuer = :issuer and subject = :subject")
                .param("issuer", name.issuer())
                .param("subject", name.subject())
                .query((row, _) -> new UserId(row.getObject("owner_id", UUID.class)))
                .optional();
    }

    /// Notes that it was used. False when it is not this person's any more.
    boolean use(Name name, UserId owner, Instant now) {
        return jdbc.sql("""
                        update identity
                           set last_used_at = :now, email = :email
                         where issuer = :issuer and subject = :subject and owner_id = :owner
                        """)
                        .param("issuer", name.issuer())
                        .param("subject", name.subject())
                        .param("owner", owner.value())
                        .param("email", name.email())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /// False when it is somebody's by now.
    boolean insert(Name name, UserId owner, Instant now) {
        return jdbc.sql("""
                insert into identity (id, owner_id, issuer, subject, email, created_at, last_used_at)
                values (:id, :owner, :issuer, :subject, :email, :now, :now)
                on conflict (issuer, subject) do nothing
                """)
                        .param("id", Ids.next())
                        .param("owner", owner.value())
                        .param("issuer", name.issuer())
                        .param("subject", name.subject())
                        .param("email", name.email())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    List<LinkedIdentity> list(UserId owner) {
        return jdbc.sql("""
                select id, issuer, email, created_at, last_used_at
                  from identity
                 where owner_id = :owner
                 order by id
                """)
                .param("owner", owner.value())
                .query((row, _) -> new LinkedIdentity(
                        row.getObject("id", UUID.class),
                        row.getString("issuer"),
                        row.getString("email"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("last_used_at").toInstant()))
                .list();
    }

    boolean delete(UUID id, UserId owner) {
        return jdbc.sql("delete from identity where id = :id and owner_id = :owner")
                        .param("id", id)
                        .param("owner", owner.value())
                        .update()
                == 1;
    }

    int deleteAll(UserId owner) {
        return jdbc.sql("delete from identity where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }
}
