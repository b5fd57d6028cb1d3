package dev.parley.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            08006, true, the connection is lost
            53100, true, the disk is full
            57P01, true, the server is stopped
            40P01, true, a deadlock was resolved
            25006, true, the server may only read
            23505, false, a key is taken
            25P02, false, the transaction has failed already
            """)
    void passesByItselfOrIsRefusedForGood(String state, boolean isOne, String reason) {
        assertThat(Outage.isOne(new IllegalStateException(new SQLException(reason, state))))
                .as(reason)
                .isEqualTo(isOne);
    }
}
