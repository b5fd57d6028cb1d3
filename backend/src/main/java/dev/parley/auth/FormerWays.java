package dev.parley.auth;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/// The ways into an account that there were before. Anybody may register with an email that is not theirs, and wait:
/// whoever then shows that it is theirs must find nobody else inside. Under the account's lock.
@Service
class FormerWays {
    private final PasswordRepository passwords;
    private final ResetRepository resets;
    private final ChallengeRepository challenges;
    private final IdentityRepository identities;
    private final PasskeyRepository passkeys;
    private final ApiKeyRepository keys;
    private final Sessions sessions;
    private final ApplicationEventPublisher events;

    FormerWays(
            PasswordRepository passwords,
            ResetRepository resets,
            ChallengeRepository challenges,
            IdentityRepository identities,
            PasskeyRepository passkeys,
            ApiKeyRepository keys,
            Sessions sessions,
            ApplicationEventPublisher events) {
        this.passwords = passwords;
        this.resets = resets;
        this.challenges = challenges;
        this.identities = identities;
        this.passkeys = passkeys;
        this.keys = keys;
        this.sessions = sessions;
        this.events = events;
    }

    /// What there was that is void now.
    record Ended(boolean passkeys, boolean keys) {}

    Ended end(UserId owner) {
        passwords.delete(owner);
        endBegun(owner);
        identities.deleteAll(owner);
        boolean hadPasskeys = endPasskeys(owner);
        List<Sessions.End> keysEnded = keys.deleteAll(owner);
        events.publishEvent(new Sessions.Ended(keysEnded));
        sessions.endAll(owner, null);
        return new Ended(hadPasskeys, !keysEnded.isEmpty());
    }

    /// False when there was none.
    boolean endPasskeys(UserId owner) {
        return passkeys.deleteAll(owner) > 0;
    }

    /// What somebody has begun and could still end: a code after a password, a link, a new passkey.
    void endBegun(UserId owner) {
        resets.deleteAll(owner);
        challenges.deleteAll(owner);
        passkeys.deleteChallenges(owner);
    }

    /// Nobody closes their own door behind them.
    ///
    /// @throws ParleyException CONFLICT
    void requireOne(UserId owner) {
        boolean none = passwords.find(owner).isEmpty()
                && identities.list(owner).isEmpty()
                && passkeys.list(owner).isEmpty();
        if (none) {
            throw new ParleyException(
                    CommonError.CONFLICT, "This is the only way into your account. Set a password first.");
        }
    }
}
