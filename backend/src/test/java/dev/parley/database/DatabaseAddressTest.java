package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.StartFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            postgresql://ada:secret@db.example.com:5433/parley | db.example.com:5433 | parley   | ada | secret
            postgres://ada@localhost/parley                    | localhost           | parley   | ada | -
            postgresql+asyncpg://ada:s@localhost/parley        | localhost           | parley   | ada | s
            postgresql://localhost                             | localhost           | postgres | -   | -
            postgresql://ada@localhost                         | localhost           | ada      | ada | -
            postgresql://ada:p%40ss%2Fw%25+d@h/my%20chats      | h                   | my chats | ada | p@ss/w%+d
            postgresql://ada:p@ss:w@h/parley                   | h                   | parley   | ada | p@ss:w
            postgresql://ada:s@[::1]:5432/parley               | [::1]:5432          | parley   | ada | s
            postgresql://ada:s@one:5432,two:5432/parley        | one:5432,two:5432   | parley   | ada | s
            """)
    void readsWhatOthersWrite(String url, String host, String database, String user, String password) {
        DatabaseAddress address = DatabaseAddress.parse(url);

        assertThat(address).isEqualTo(new DatabaseAddress(host, database, user, password, Map.of()));
    }

    @Test
    void parametersGetTheDriversNames() {
        DatabaseAddress address =
                DatabaseAddress.parse("postgresql://h/db?sslmode=require&connect_timeout=5&application_name=a%20b");

        assertThat(address.parameters())
                .isEqualTo(Map.of("sslmode", "require", "connectTimeout", "5", "ApplicationName", "a b"));
        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://h/db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://h/db",
                "postgresql://",
                "postgresql:///db",
                "postgresql://u:%zz@h/db",
                "postgresql://h/?x"
            })
    void refusesInASentenceThatNamesTheVariable(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("DATABASE_URL ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://ada:se/cret@h:5432/parley", "postgresql://ada:12/cret@h/parley"})
    void aPasswordWithASlashIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("%2F")
                .hasMessageNotContaining("cret");
    }

    @Test
    void neverShowsThePassword() {
        assertThat(DatabaseAddress.parse("postgresql://ada:secret@h/parley").toString())
                .isEqualTo("h/parley");
    }
}
