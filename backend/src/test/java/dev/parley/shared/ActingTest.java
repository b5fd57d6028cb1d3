package dev.parley.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ActingTest {
    @Test
    void theLogKnowsInWhoseNameAThreadWorks() {
        UserId one = new UserId(Ids.next());
        try (var _ = Acting.as(one)) {
            assertThat(MDC.get("user_id")).isEqualTo(one.toString());
            try (var _ = Acting.asServer()) {
                assertThat(MDC.get("user_id")).isNull();
            }
            assertThat(MDC.get("user_id")).isEqualTo(one.toString());
        }
        assertThat(MDC.get("user_id")).isNull();
    }
}
