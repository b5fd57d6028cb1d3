package dev.parley.auth;

import dev.parley.shared.UserId;
import dev.parley.webauthn.Credential;
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

/// Passkeys, and what their devices are asked to sign.
@Repository
class PasskeyRepository {
    private final JdbcClient jdbc;

    PasskeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A passkey that somebody presents.
    record Presented(UUID id, UserId owner, Credential credential) {}

    void challenge(OpaqueToken binding, @Nullable UserId owner, String challenge, Instant expires) {
        jdbc.sql("""
                insert into passkey_challenge (binding, owner_id, challenge, expires_at)
                values (:binding, :owner, :challenge, :expires)
                """)
                .param("binding", binding.hash())
                .param("owner", owner == null ? null : owner.value())
                .param("challenge", challenge)
                .param("expires", at(expires))
                .update();
    }

    /// The challenge, for the first who asks for it and is who it was made for.
    Optional<String> take(OpaqueToken binding, @Nullable UserId owner, Instant now) {
        return jdbc.sql("""
                delete from passkey_challenge
                 where binding = :binding and owner_id is not distinct from :owner::uuid and expires_at > :now
                returning challenge
                """)
                .param("binding", binding.hash())
                .param("owner", owner == null ? null : owner.value())
                .param("now", at(now))
                .query((row, _) -> row.getString("challenge"))
                .optional();
    }

    /// False when there is such a passkey already.
    boolean insert(Passkey passkey, UserId owner, Credential credential) {
        return jdbc.sql("""
                        insert into passkey
                               (id, owner_id, name, credential_id, credential, counter, may_be_copied, is_copied, created_at)
                        values (:id, :owner, :name, :credential_id, :credential, :counter, :may_be_copied, :is_copied, :now)
                        on conflict (credential_id) do nothing
                        """)
                        .param("id", passkey.id())
                        .param("owner", owner.value())
                        .param("name", passkey.name())
                        .param("credential_id", credential.id())
                        .param("credential", credential.attested())
                        .param("counter", credential.counter())
                        .param("may_be_copied", credential.mayBeCopied())
                        .param("is_copied", credential.isCopied())
                        .param("now", at(passkey.createdAt()))
                        .update()
                == 1;
    }

    Optional<Presented> find(String credentialId) {
        return jdbc.sql("""
                select id, owner_id, credential_id, credential, counter, may_be_copied, is_copied
                  from passkey
                 where credential_id = :credential_id
                """)
                .param("credential_id", credentialId)
                .query((row, _) -> new Presented(
                        row.getObject("id", UUID.class),
                        new UserId(row.getObject("owner_id", UUID.class)),
                        new Credential(
                                row.getString("credential_id"),
                                row.getString("credential"),
                                row.getLong("counter"),
                                row.getBoolean("may_be_copied"),
                                row.getBoolean("is_copied"))))
                .optional();
    }

    /// False when it has gone, or has signed as often or more often meanwhile.
    boolean use(UUID id, UserId owner, Credential now, Instant when) {
        return jdbc.sql("""
                        update passkey
                           set counter = :counter, is_copied = :is_copied, last_used_at = :when
                         where id = :id and owner_id = :owner and (counter < :counter or (counter = 0 and :counter = 0))
                        """)
                        .param("id", id)
                        .param("owner", owner.value())
                        .param("counter", now.counter())
                        .param("is_copied", now.isCopied())
                        .param("when", at(when))
                        .update()
                == 1;
    }

    List<Passkey> list(UserId owner) {
        return jdbc.sql("""
                select id, name, is_copied, created_at, last_used_at
                  from passkey
                 where owner_id = :owner
                 order by id
                """)
                .param("owner", owner.value())
                .query((row, _) -> new Passkey(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getBoolean("is_copied"),
                        row.getTimestamp("created_at").toInstant(),
                        instant(row.getTimestamp("last_used_at"))))
                .list();
    }

    List<String> credentialIds(UserId owner) {
        return jdbc.sql("select credential_id from passkey where owner_id = :owner order by id")
                .param("owner", owner.value())
                .query((row, _) -> row.getString("credential_id"))
                .list();
    }

    boolean delete(UUID id, UserId owner) {
        return jdbc.sql("delete from passkey where id = :id and owner_id = :owner")
                        .param("id", id)
                        .param("owner", owner.value())
                        .update()
                == 1;
    }

    int deleteAll(UserId owner) {
        return jdbc.sql("delete from passkey where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    void deleteChallenges(UserId owner) {
        jdbc.sql("delete from passkey_challenge where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    int purgeChallenges(Instant now) {
        return jdbc.sql("delete from passkey_challenge where expires_at < :now")
                .param("now", at(now))
                .update();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
