package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.settings.Secrets;
import dev.parley.settings.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseTest {
    private final TestDatabase server = TestDatabase.empty();

    @TempDir
    Path data;

    @AfterEach
    void drop() {
        server.close();
    }

    @Test
    void anExternalServerIsTakenAsItIs() {
        try (Database database = open(server.url())) {
            assertThat(database.embedded()).isFalse();
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void aBurstOfRequestsLeavesTheDedicatedConnectionsAlone() throws SQLException {
        DatabaseProperties properties = properties(server.url());
        try (Database database = Database.open(properties, secrets());
                HikariDataSource pool = database.pool("requests", properties, null);
                HikariDataSource heartbeat = database.dedicated("heartbeat", Duration.ofSeconds(1));
                Connection first = pool.getConnection();
                Connection second = pool.getConnection()) {
            assertThat(first.isValid(1) && second.isValid(1)).isTrue();
            assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);

            assertThat(JdbcClient.create(heartbeat)
                            .sql("select current_setting('application_name')")
                            .query(String.class)
                            .single())
                    .isEqualTo("parley heartbeat");
        }
    }

    @Test
    void aMigrationMayTakeHours() {
        try (Database database = open(server.url())) {
            DriverManagerDataSource administration = (DriverManagerDataSource) database.administration();
            assertThat(administration.getConnectionProperties())
                    .hasEntrySatisfying(
                            "socketTimeout",
                            seconds -> assertThat(Integer.parseInt(seconds.toString()))
                                    .isGreaterThan(3600));
        }
    }

    @Test
    void aConnectionThatBreaksIsMadeAnew() {
        try (Database database = open(server.url());
                HikariDataSource heartbeat = database.dedicated("heartbeat", Duration.ofSeconds(1))) {
            JdbcClient jdbc = JdbcClient.create(heartbeat);
            int before = pid(jdbc);
            server.jdbc()
                    .sql("select pg_terminate_backend(:pid)")
                    .param("pid", before)
                    .query(Boolean.class)
                    .single();

            assertThatCode(() -> pid(jdbc)).isInstanceOf(Exception.class);
            assertThat(pid(jdbc)).isNotEqualTo(before);
        }
    }

    @Test
    void aServerThatDoesNotAnswerStopsTheStart() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> open("postgresql://parley@127.0.0.1:" + port + "/parley"))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("DATABASE_URL leads to no usable database: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aWrongPasswordIsSaidAtOnce() {
        assertThatThrownBy(() -> open(server.url().replace(":for%20tests@", ":wrong@")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void anotherEncodingIsRefused() {
        server.jdbc()
                .sql("create database latin template template0 encoding 'LATIN1' locale 'C'")
                .update();
        try {
            assertThatThrownBy(() -> open(server.url().replaceFirst("/\\w+$", "/latin")))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage(
                            "DATABASE_URL leads to a database with the encoding LATIN1; Parley needs one with UTF8.");
        } finally {
            server.jdbc().sql("drop database latin").update();
        }
    }

    @Test
    void anOlderVersionIsRefused() {
        assertThatThrownBy(() -> Database.refuseUnfit(14, "UTF8"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("DATABASE_URL leads to PostgreSQL 14; Parley needs 15 or newer.");
        assertThatCode(() -> Database.refuseUnfit(15, "UTF8")).doesNotThrowAnyException();
    }

    private Database open(String url) {
        return Database.open(properties(url), secrets());
    }

    private DatabaseProperties properties(String url) {
        return new DatabaseProperties(
                url, data, 2, Duration.ofSeconds(2), Duration.ofMillis(200), List.of(), true, false);
    }

    private Secrets secrets() {
        return new Secrets(data, "", "");
    }

    private static int pid(JdbcClient jdbc) {
        return jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
    }
}
