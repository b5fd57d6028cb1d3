package dev.parley.usage;

import dev.parley.cluster.RateLimit;
import dev.parley.cluster.RateLimits;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.WebProperties;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How many questions a person may ask in a minute, by whatever way and with however many keys. For all nodes together
/// where there is a Redis.
@Component
public class QuestionLimit {
    private final @Nullable RateLimit limit;

    QuestionLimit(UsageProperties properties, WebProperties web, RateLimits limits) {
        boolean limited = web.rateLimits() && properties.questionsPerMinute() > 0;
        limit = limited ? limits.perMinute("questions", properties.questionsPerMinute()) : null;
    }

    /// Before the transaction that begins a question, which waits for no Redis.
    public Attempt attempt(UserId owner) {
        return new Attempt(owner, limit == null ? Duration.ZERO : limit.take(owner.toString()));
    }

    /// A question that may be asked, or not.
    public final class Attempt {
        private final UserId owner;
        private final Duration wait;

        private Attempt(UserId owner, Duration wait) {
            this.owner = owner;
            this.wait = wait;
        }

        /// @throws ParleyException RATE_LIMITED
        public void require() {
            if (wait.isPositive()) {
                long seconds = wait.toSeconds() + 1;
                throw new ParleyException(
                        CommonError.RATE_LIMITED,
                        "Too many questions. Ask again in " + seconds + (seconds == 1 ? " second." : " seconds."),
                        Map.of("retry_after", seconds));
            }
        }

        /// Where nothing was asked after all.
        public void giveBack() {
            if (limit != null && wait.isZero()) {
                limit.giveBack(owner.toString());
            }
        }
    }
}
