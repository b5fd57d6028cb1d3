package dev.parley.admin;

import dev.parley.auth.ApiKeys;
import dev.parley.auth.FormerWays;
import dev.parley.auth.ResetLinks;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.Directory;
import dev.parley.users.User;
import dev.parley.web.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// What operators do about how somebody gets in. API keys outlive sessions and passwords: whoever was robbed of more
/// than a device has them taken away in the same breath.
@Service
class AccountHelp {
    private final Directory directory;
    private final ResetLinks links;
    private final ApiKeys keys;
    private final FormerWays ways;

    AccountHelp(Directory directory, ResetLinks links, ApiKeys keys, FormerWays ways) {
        this.directory = directory;
        this.links = links;
        this.keys = keys;
        this.ways = ways;
    }

    /// @param active null leaves it as it is
    /// @param staff null leaves it as it is
    /// @throws ParleyException NOT_FOUND; CONFLICT for one's own account
    @Transactional
    public User change(UserId actor, UserId id, @Nullable Boolean active, @Nullable Boolean staff, boolean keysToo) {
        User changed = directory.change(actor, id, active, staff);
        deleteKeys(actor, id, keysToo);
        return changed;
    }

    /// @throws ParleyException NOT_FOUND
    @Transactional
    public void signOut(UserId actor, UserId id, boolean keysToo) {
        // They lock the account, which whoever changes a password locks before its sessions too.
        deleteKeys(actor, id, keysToo);
        directory.signOut(actor, id);
    }

    /// For an account that somebody else got into: afterwards nobody is in, and only a link leads there.
    ///
    /// @throws ParleyException NOT_FOUND; CONFLICT for one's own account
    @Transactional
    public FormerWays.Ended voidWaysIn(UserId actor, UserId id) {
        User user = directory.get(id);
        requireAnother(actor, id);
        return ways.endFor(actor, user.id());
    }

    /// @param withoutSecondFactor for somebody who has lost that too: it goes when the link is used
    /// @return where they choose a new password, within an hour and once
    /// @throws ParleyException NOT_FOUND; CONFLICT for one's own account, and for one that is disabled
    @Transactional
    public String resetLink(Caller caller, UserId id, boolean withoutSecondFactor, boolean keysToo) {
        UserId actor = caller.user();
        directory.get(id);
        // It would ask for no password, and whoever sits at an open page could make one.
        requireAnother(actor, id);
        String link = links.make(caller, id, withoutSecondFactor);
        deleteKeys(actor, id, keysToo);
        return link;
    }

    private static void requireAnother(UserId actor, UserId id) {
        if (actor.equals(id)) {
            throw new ParleyException(CommonError.CONFLICT, "Ask another operator to change this of your own account.");
        }
    }

    private void deleteKeys(UserId actor, UserId id, boolean wanted) {
        if (wanted) {
            keys.deleteAll(actor, id);
        }
    }
}
