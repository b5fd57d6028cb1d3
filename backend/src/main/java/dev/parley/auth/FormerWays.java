package dev.parley.auth;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.AccountDeactivated;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// The ways into an account that there were before. Anybody may register with an email that is not theirs, and wait:
/// whoever then shows that it is theirs must find nobody else inside. Under the account's lock.
@Service
public class FormerWays {
    private final PasswordRepository passwords;
    private final ResetRepository resets;
    private final ChallengeRepository challenges;
    private final IdentityRepository identities;
    private final PasskeyRepository passkeys;
    private final SecondFactorRepository factors;
    private final ApiKeys keys;
    private final Sessions sessions;
    private final Users users;
    private final ApplicationEventPublisher events;

    FormerWays(
            PasswordRepository passwords,
            ResetRepository resets,
            ChallengeRepository challenges,
            IdentityRepository identities,
            PasskeyRepository passkeys,
            SecondFactorRepository factors,
            ApiKeys keys,
            Sessions sessions,
            Users users,
            ApplicationEventPublisher events) {
        this.passwords = passwords;
        this.resets = resets;
        this.challenges = challenges;
        this.identities = identities;
        this.passkeys = passkeys;
        this.factors = factors;
        this.keys = keys;
        this.sessions = sessions;
        this.users = users;
        this.events = events;
    }

    /// What there was that is void now, beside the password and the devices that were signed in.
    ///
    /// @param identities at OpenID providers
    /// @param keys of the API
    public record Ended(int passkeys, int identities, int keys, boolean secondFactor) {
        static final Ended NOTHING = new Ended(0, 0, 0, false);
    }

    /// All of them, because an operator decides it: nobody gets in before they have a link to a new password. Whoever
    /// got into an operator's account may have made links to others'. Within the transaction that decides it.
    ///
    /// @throws ParleyException NOT_FOUND; FORBIDDEN for who was an operator when the request was let in
    public Ended endFor(UserId operator, UserId owner) {
        if (!users.lock(owner)) {
            throw ParleyException.notFound("account");
        }
        users.requireOperator(operator);
        if (users.find(owner).filter(User::isOperator).isPresent()) {
            resets.deleteHandedOver();
        }
        return end(owner, operator);
    }

    /// @param by the operator who decides it; null: whoever has shown that the account is theirs
    Ended end(UserId owner, @Nullable UserId by) {
        events.publishEvent(AuditEvent.of(by, "account.ways_in_voided", owner.value()));
        passwords.delete(owner);
        endBegun(owner);
        Ended ended = new Ended(
                endPasskeys(owner, by),
                endIdentities(owner, by),
                keys.deleteAll(by, owner),
                endSecondFactor(owner, by));
        sessions.endAll(owner, null);
        return ended;
    }

    /// @return how many there were
    int endPasskeys(UserId owner, @Nullable UserId by) {
        int ended = passkeys.deleteAll(owner);
        note(ended, by, "passkeys.removed", "passkeys", owner);
        return ended;
    }

    private int endIdentities(UserId owner, @Nullable UserId by) {
        int ended = identities.deleteAll(owner);
        note(ended, by, "identities.unlinked", "identities", owner);
        return ended;
    }

    private void note(int ended, @Nullable UserId by, String action, String what, UserId owner) {
        if (ended > 0) {
            events.publishEvent(new AuditEvent(by, action, owner.value(), Map.of(what, Integer.toString(ended))));
        }
    }

    /// A stranger's would keep the owner out.
    ///
    /// @return whether it was on
    boolean endSecondFactor(UserId owner, @Nullable UserId by) {
        boolean wasOn = factors.find(owner)
                .map(SecondFactorRepository.Factor::enabledAt)
                .isPresent();
        factors.delete(owner);
        factors.replaceCodes(owner, List.of());
        if (wasOn) {
            events.publishEvent(AuditEvent.of(by, "second_factor.removed", owner.value()));
        }
        return wasOn;
    }

    /// What somebody has begun and could still end: a code after a password, a link, a new passkey.
    void endBegun(UserId owner) {
        resets.deleteAll(owner);
        challenges.deleteAll(owner);
        passkeys.deleteChallenges(owner);
    }

    /// Nothing of it is good again when the account is opened: who took somebody in, and was handed a link, has lost
    /// it.
    @EventListener
    void on(AccountDeactivated account) {
        endBegun(account.user());
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
