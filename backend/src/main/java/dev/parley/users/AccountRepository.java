package dev.parley.users;

import dev.parley.shared.Cursor;
import dev.parley.shared.Letters;
import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Repository
class AccountRepository {
    private static final String USER =
            "id, email, username, first_name, last_name, is_active, is_staff, date_joined, last_login";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AccountRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Empty when the email or the username is taken; then also by a registration that commits meanwhile.
    Optional<User> insert(NewUser candidate, Username username, UserId id, boolean staff, Instant joined) {
        return jdbc.sql("""
                insert into account (id, email, email_key, username, username_key, first_name, last_name, is_staff,
                                     date_joined)
                values (:id, :email, :email_key, :username, :username_key, :first_name, :last_name, :staff, :joined)
                on conflict do nothing
                returning %s
                """.formatted(USER))
                .param("id", id.value())
                .param("email", candidate.email().text())
                .param("email_key", candidate.email().key())
                .param("username", username.text())
                .param("username_key", username.key())
                .param("first_name", candidate.firstName())
                .param("last_name", candidate.lastName())
                .param("staff", staff)
                .param("joined", at(joined))
                .query(AccountRepository::user)
                .optional();
    }

    boolean hasEmail(EmailAddress email) {
        return jdbc.sql("select exists (select from account where email_key = :key)")
                .param("key", email.key())
                .query(Boolean.class)
                .single();
    }

    boolean isEmpty() {
        return jdbc.sql("select not exists (select from account)")
                .query(Boolean.class)
                .single();
    }

    long countWithout(List<EmailAddress> emails) {
        return jdbc.sql("select count(*) from account where email_key <> all(:keys)")
                .param("keys", emails.stream().map(EmailAddress::key).toArray(String[]::new))
                .query(Long.class)
                .single();
    }

    /// Until this transaction ends nobody else is the first, and nobody else decides who looks after the instance.
    void lockFirst() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('parley.first_account'))")
                .query(rows -> {});
    }

    Optional<User> find(UserId id) {
        return jdbc.sql("select %s from account where id = :id".formatted(USER))
                .param("id", id.value())
                .query(AccountRepository::user)
                .optional();
    }

    Optional<User> find(EmailAddress email) {
        return jdbc.sql("select %s from account where email_key = :key".formatted(USER))
                .param("key", email.key())
                .query(AccountRepository::user)
                .optional();
    }

    List<User> find(Collection<UserId> ids) {
        return jdbc.sql("select %s from account where id = any(:ids)".formatted(USER))
                .param("ids", ids.stream().map(UserId::value).toArray(UUID[]::new))
                .query(AccountRepository::user)
                .list();
    }

    List<User> list(Directory.Filter filter, @Nullable Cursor after, int limit) {
        return jdbc.sql("""
                select %s
                  from account
                 where (:all or email_key || ' ' || username_key || ' ' || lower(first_name) || ' ' || lower(last_name)
                                like :pattern)
                   and (:active::boolean is null or is_active = :active)
                   and (:staff::boolean is null or is_staff = :staff)
                   and (:after::uuid is null or id < :after::uuid)
                 order by id desc
                 limit :limit
                """.formatted(USER))
                .param("all", filter.text().isEmpty())
                .param("pattern", "%" + Letters.lower(filter.text()).replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("active", filter.active())
                .param("staff", filter.staff())
                .param("after", after == null ? null : after.uuid(0))
                .param("limit", limit)
                .query(AccountRepository::user)
                .list();
    }

    /// Whoever changes how an account signs in holds its row first, so that such changes happen one after another.
    boolean lock(UserId id) {
        return jdbc.sql("select id from account where id = :id for update")
                .param("id", id.value())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    boolean isVouched(UserId id) {
        return jdbc.sql("select exists (select from account where id = :id and is_vouched)")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    void vouch(UserId id) {
        jdbc.sql("update account set is_vouched = true where id = :id and not is_vouched")
                .param("id", id.value())
                .update();
    }

    Optional<User> signedIn(UserId id, Instant now) {
        return jdbc.sql("""
                update account
                   set last_login = :now
                 where id = :id and is_active
                returning %s
                """.formatted(USER))
                .param("id", id.value())
                .param("now", at(now))
                .query(AccountRepository::user)
                .optional();
    }

    Optional<JsonNode> preferences(UserId id) {
        return jdbc.sql("select preferences from account where id = :id")
                .param("id", id.value())
                .query((row, _) -> json.readTree(row.getString("preferences")))
                .optional();
    }

    /// Fields that are null stay; preferences are merged by key.
    boolean update(UserId id, ProfileChange change) {
        Username username = change.username();
        return jdbc.sql("""
                        update account
                           set username = coalesce(:username, username),
                               username_key = coalesce(:username_key, username_key),
                               first_name = coalesce(:first_name, first_name),
                               last_name = coalesce(:last_name, last_name),
                               preferences = preferences || :preferences::jsonb
                         where id = :id
                        """)
                        .param("id", id.value())
                        .param("username", username == null ? null : username.text())
                        .param("username_key", username == null ? null : username.key())
                        .param("first_name", change.firstName())
                        .param("last_name", change.lastName())
                        .param("preferences", json.writeValueAsString(change.preferences()))
                        .update()
                == 1;
    }

    boolean deactivate(UserId id) {
        return jdbc.sql("update account set is_active = false where id = :id and is_active")
                        .param("id", id.value())
                        .update()
                == 1;
    }

    boolean activate(UserId id) {
        return jdbc.sql("update account set is_active = true where id = :id and not is_active")
                        .param("id", id.value())
                        .update()
                == 1;
    }

    boolean setStaff(UserId id, boolean staff) {
        return jdbc.sql("update account set is_staff = :staff where id = :id and is_staff <> :staff")
                        .param("id", id.value())
                        .param("staff", staff)
                        .update()
                == 1;
    }

    boolean delete(UserId id) {
        return jdbc.sql("delete from account where id = :id")
                        .param("id", id.value())
                        .update()
                == 1;
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("email"),
                row.getString("username"),
                row.getString("first_name"),
                row.getString("last_name"),
                row.getBoolean("is_active"),
                row.getBoolean("is_staff"),
                row.getTimestamp("date_joined").toInstant(),
                instant(row.getTimestamp("last_login")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
