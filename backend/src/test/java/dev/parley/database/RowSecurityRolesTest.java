package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.Acting;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An external database whose account may not make roles.
class RowSecurityRolesTest {
    private static final String ACCOUNT = "tenant";
    private static final String OTHER = "another_tenant";

    private final TestDatabase database = TestDatabase.empty();
    private final JdbcClient administrator = database.jdbc();

    @BeforeEach
    void makeAccount() {
        // The roles are the server's, and other databases have made them by now.
        TestDatabase.create().close();
        administrator
                .sql("create role " + ACCOUNT + " login password 'its own'")
                .update();
        administrator
                .sql("alter database " + databaseName() + " owner to " + ACCOUNT)
                .update();
    }

    @AfterEach
    void close() {
        administrator.sql("reassign owned by " + ACCOUNT + " to current_user").update();
        administrator.sql("drop owned by " + ACCOUNT).update();
        administrator.sql("drop role " + ACCOUNT).update();
        administrator.sql("drop role if exists " + OTHER).update();
        database.close();
    }

    private String databaseName() {
        return administrator
                .sql("select current_database()")
                .query(String.class)
                .single();
    }

    @Test
    void withoutRolesTheFirstWallStandsAlone() throws SQLException {
        try (WalledDataSource source = migrated()) {
            assertThat(source.isWalled()).isFalse();
            try (var _ = Acting.as(new UserId(Ids.next()))) {
                assertThat(JdbcClient.create(source)
                                .sql("select count(*) from chat")
                                .query(Long.class)
                                .single())
                        .isZero();
            }
        }
    }

    @Test
    void anAdministratorMayGiveThem() throws SQLException {
        migrated().close();
        administrator.sql("grant parley_app, parley_system to " + ACCOUNT).update();
        try (WalledDataSource source = migrated()) {
            assertThat(source.isWalled()).isTrue();
            JdbcClient jdbc = JdbcClient.create(source);
            UserId user = new UserId(Ids.next());
            jdbc.sql("""
                    insert into account (id, email, email_key, username, username_key, date_joined)
                    values (:id, 'a', 'a', 'a', 'a', now())
                    """).param("id", user.value()).update();
            assertThat(accounts(jdbc)).isOne();
            try (var _ = Acting.as(user)) {
                assertThat(accounts(jdbc)).isOne();
            }
            try (var _ = Acting.as(new UserId(Ids.next()))) {
                assertThat(accounts(jdbc)).isZero();
            }
        }
    }

    /// The roles are the server's, and stand for all rows of each database in which they have rights.
    @Test
    void anotherInstanceOfTheServerCannotComeIn() throws SQLException {
        administrator.sql("create role " + OTHER).update();
        administrator.sql("grant parley_app, parley_system to " + ACCOUNT).update();
        migrated().close();
        assertThat(mayConnect(OTHER)).isTrue();

        administrator.sql("grant parley_app, parley_system to " + OTHER).update();
        migrated().close();

        assertThat(mayConnect(OTHER)).isFalse();
        assertThat(mayConnect(ACCOUNT)).isTrue();
        migrated().close();
    }

    private boolean mayConnect(String account) {
        return administrator
                .sql("select has_database_privilege(:account, current_database(), 'connect')")
                .param("account", account)
                .query(Boolean.class)
                .single();
    }

    private static long accounts(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from account").query(Long.class).single();
    }

    private WalledDataSource migrated() {
        String url = database.url().replaceFirst("//.*@", "//" + ACCOUNT + ":its%20own@");
        DatabaseProperties properties = new DatabaseProperties(
                url, Path.of("unused"), 2, Duration.ofSeconds(10), Duration.ofSeconds(30), List.of(), true, false);
        Database opened = Database.external(properties);
        Flyway.configure().dataSource(opened.administration()).load().migrate();
        return new WalledDataSource(opened, properties);
    }
}
