package dev.parley.database;

import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// A program that carries a database and writes to it until it is killed. It prints the number of each row that the
/// database has acknowledged.
final class ServerProcess {
    static final String PASSWORD = "for tests";

    private ServerProcess() {}

    public static void main(String[] arguments) {
        EmbeddedPostgres server = EmbeddedPostgres.start(
                        Path.of(arguments[0]), TestDatabase.binaries(), PASSWORD, List.of())
                .orElseThrow();
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + EmbeddedPostgres.DATABASE,
                EmbeddedPostgres.ROLE,
                PASSWORD,
                true));
        jdbc.sql("create table note (id bigint)").update();
        for (long id = 1; ; id++) {
            jdbc.sql("insert into note values (:id)").param("id", id).update();
            System.out.println(id);
        }
    }
}
