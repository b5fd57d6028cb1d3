package dev.parley.auth;

import dev.parley.shared.AuditEvent;
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
    private final SecondFactorRepository factors;
    private final ApiKeyRepository keys;
    private final Sessions sessions;
    private final ApplicationEventPublisher events;

    FormerWays(
            PasswordRepository passwords,
            ResetRepository resets,
            ChallengeRepository challenges,
            IdentityRepository identities,
            PasskeyRepository passkeys,
            SecondFactorRepository factors,
            ApiKeyRepository keys,
            Sessions sessions,
            ApplicationEventPublisher events) {
        this.passwords = passwords;
        this.resets = resets;
        this.challenges = challenges;
        this.identities = identities;
        this.passkeys = passkeys;
        this.factors = factors;
        this.keys = keys;
        this.sessions = sessions;
        this.events = events;
    }

    /// What there was that is void now.
    record Ended(boolean passkeys, boolean keys) {
        static final Ended NOTHING = new Ended(false, false);
    }

    Ended end(UserId owner) {
        passwords.delete(owner);
        endBegun(owner);
        identities.deleteAll(owner);
        endSecondFactor(owner);
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

    /// A stranger's would keep the owner out.
    void endSecondFactor(UserId owner) {
        boolean wasOn = factors.find(owner)
                .map(SecondFactorRepository.Factor::enabledAt)
                .isPresent();
        factors.delete(owner);
        factors.replaceCodes(owner, List.of());
        if (wasOn) {
            events.publishEvent(AuditEvent.of(null, "second_factor.removed", owner.value()));
        }
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
