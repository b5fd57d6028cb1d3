package dev.parley.auth;

import dev.parley.jobs.Recurring;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Forgets sessions that nobody can come back to. For one lifetime after its end a token is still told what became of
/// it.
@Component
class SessionPurge implements Recurring {
    private final SessionRepository sessions;
    private final ApiKeyRepository keys;
    private final ChallengeRepository challenges;
    private final ResetRepository resets;
    private final PasskeyRepository passkeys;
    private final Duration kept;
    private final Clock clock;

    SessionPurge(
            SessionRepository sessions,
            ApiKeyRepository keys,
            ChallengeRepository challenges,
            ResetRepository resets,
            PasskeyRepository passkeys,
            AuthProperties properties,
            Clock clock) {
        this.sessions = sessions;
        this.keys = keys;
        this.challenges = challenges;
        this.resets = resets;
        this.passkeys = passkeys;
        this.kept = properties.refreshTokenLifetime();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "purge-sessions";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        sessions.purge(clock.instant().minus(kept));
        keys.purgeEnds();
        challenges.purge(clock.instant());
        resets.purge(clock.instant());
        passkeys.purgeChallenges(clock.instant());
    }
}
