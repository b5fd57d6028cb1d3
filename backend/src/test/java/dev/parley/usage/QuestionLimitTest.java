package dev.parley.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.TestCluster;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.WebProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Buckets refill while a test runs: what is let through is counted with it.
class QuestionLimitTest {
    private final UserId ada = new UserId(Ids.next());
    private final UserId bob = new UserId(Ids.next());

    private static QuestionLimit limit(int perMinute, boolean on) {
        return new QuestionLimit(
                new UsageProperties(List.of(), "USD", List.of(), List.of(), perMinute),
                new WebProperties(List.of(), List.of(), DataSize.ofMegabytes(2), on),
                TestCluster.rateLimits());
    }

    @Test
    void everybodyMayAskAsOftenAsIsSet() {
        QuestionLimit limit = limit(3, true);
        long begun = System.nanoTime();
        int let = 0;
        while (isLet(limit, ada)) {
            let++;
        }
        double refilled = 3 * (System.nanoTime() - begun) / 60e9;

        assertThat(let).isBetween(3, 3 + (int) Math.ceil(refilled));
        assertThatThrownBy(() -> untilRefused(limit, ada)).isInstanceOfSatisfying(ParleyException.class, e -> {
            assertThat(e.code()).isEqualTo(CommonError.RATE_LIMITED);
            assertThat((Long) e.details().get("retry_after")).isBetween(1L, 60L);
        });
        assertThatCode(() -> limit.attempt(bob).require()).doesNotThrowAnyException();
    }

    @Test
    void whatWasNotAskedAfterAllIsGivenBackOnce() {
        QuestionLimit limit = limit(3, true);
        for (int i = 0; i < 100; i++) {
            QuestionLimit.Attempt attempt = limit.attempt(ada);
            attempt.require();
            attempt.giveBack();
        }
        assertThatThrownBy(() -> untilRefused(limit, ada)).isInstanceOf(ParleyException.class);
    }

    @Test
    void whatWasRefusedGivesNothingBack() {
        QuestionLimit limit = limit(3, true);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        QuestionLimit.Attempt attempt = limit.attempt(ada);
                        try {
                            attempt.require();
                        } finally {
                            if (i >= 3) {
                                attempt.giveBack();
                            }
                        }
                    }
                })
                .isInstanceOf(ParleyException.class);
        assertThatThrownBy(() -> untilRefused(limit, ada)).isInstanceOf(ParleyException.class);
    }

    @Test
    void noneIsNone() {
        for (QuestionLimit limit : List.of(limit(0, true), limit(1, false))) {
            assertThatCode(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            limit.attempt(ada).require();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theTableSaysWhatHolds() throws IOException {
        assertThat(Files.readString(Path.of("../docs/use/security.md")))
                .contains("| questions of a person | 1,200 a minute, or as [set]")
                .contains("| requests with one API key | 1,200 a minute for each node, or as [set]");
    }

    private void untilRefused(QuestionLimit limit, UserId owner) {
        for (int i = 0; i < 100_000; i++) {
            limit.attempt(owner).require();
        }
    }

    private static boolean isLet(QuestionLimit limit, UserId owner) {
        try {
            limit.attempt(owner).require();
            return true;
        } catch (ParleyException e) {
            return false;
        }
    }
}
