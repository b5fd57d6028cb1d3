package dev.parley.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.auth.FormerWays;
import dev.parley.chats.ChatCounts;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import dev.parley.users.Directory;
import dev.parley.users.User;
import dev.parley.users.UserView;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/users")
class UserController {
    private static final int LONGEST_QUERY = 200;

    private final Directory directory;
    private final AccountHelp help;
    private final ChatCounts counts;

    UserController(Directory directory, AccountHelp help, ChatCounts counts) {
        this.directory = directory;
        this.help = help;
        this.counts = counts;
    }

    record AccountView(@JsonUnwrapped UserView user, long chatCount, long messageCount) {}

    /// @param deleteKeys whether their API keys go too
    record ChangeAccount(
            @Nullable Boolean isActive,
            @Nullable Boolean isStaff,
            @Nullable Boolean deleteKeys) {}

    /// @param deleteKeys whether their API keys go too
    record SignAccountOut(@Nullable Boolean deleteKeys) {}

    /// @param withoutSecondFactor whether that goes when the link is used
    /// @param deleteKeys whether their API keys go now
    record MakeResetLink(
            @Nullable Boolean withoutSecondFactor, @Nullable Boolean deleteKeys) {}

    /// @param passkeys how many there were; so of the others
    /// @param secondFactor whether one was on
    record VoidedWays(int passkeys, int identities, int keys, boolean secondFactor) {}

    /// @param link told this once; good for one new password, within an hour
    record ResetLinkView(String link) {}

    @Operation(summary = "All accounts, the newest first; with q those whose email or name holds it")
    @GetMapping
    Envelope<Page<AccountView>> list(
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(name = "is_active", required = false) @Nullable Boolean active,
            @RequestParam(name = "is_staff", required = false) @Nullable Boolean staff) {
        String text = q.strip();
        Page<User> page = directory.list(
                new Directory.Filter(text.substring(0, Math.min(text.length(), LONGEST_QUERY)), active, staff),
                new PageRequest(limit, cursor));
        Map<UserId, ChatCounts.Count> all =
                counts.of(page.items().stream().map(User::id).toList());
        return Envelope.ok(page.map(user -> view(user, all)));
    }

    @Operation(summary = "One account")
    @GetMapping("/{id}")
    Envelope<AccountView> get(@PathVariable UUID id) {
        return Envelope.ok(view(directory.get(new UserId(id))));
    }

    @Operation(summary = "Decides whether somebody may sign in, and whether they look after the instance")
    @PatchMapping("/{id}")
    Envelope<AccountView> change(@CurrentUser UserId caller, @PathVariable UUID id, @RequestBody ChangeAccount body) {
        return Envelope.ok(view(help.change(
                caller, new UserId(id), body.isActive(), body.isStaff(), Boolean.TRUE.equals(body.deleteKeys()))));
    }

    @Operation(summary = "Signs somebody out on all their devices; with delete_keys their API keys are deleted too")
    @PostMapping("/{id}/sign-out")
    Envelope<@Nullable Void> signOut(
            @CurrentUser UserId caller,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable SignAccountOut body) {
        help.signOut(caller, new UserId(id), body != null && Boolean.TRUE.equals(body.deleteKeys()));
        return Envelope.done("They are signed out everywhere.");
    }

    @Operation(
            summary = "Voids every way into an account, and tells which there were",
            description = "For one that somebody else got into: password, second factor, passkeys, identities at "
                    + "OpenID providers, API keys and links are gone at once, and every device is signed out. Its "
                    + "person then needs a link to a new password.")
    @PostMapping("/{id}/void-ways-in")
    Envelope<VoidedWays> voidWaysIn(@CurrentUser UserId caller, @PathVariable UUID id) {
        FormerWays.Ended ended = help.voidWaysIn(caller, new UserId(id));
        return Envelope.ok(
                new VoidedWays(ended.passkeys(), ended.identities(), ended.keys(), ended.secondFactor()),
                "Nothing opens this account now.");
    }

    @Operation(
            summary = "Makes a link with which somebody chooses a new password, told this once",
            description = "Good once and for an hour. Whoever opens it can use it: hand it over with care. It signs "
                    + "its person out everywhere when it is used. The link that was made before it is void.")
    @PostMapping("/{id}/reset-link")
    Envelope<ResetLinkView> resetLink(
            @CurrentUser Caller caller,
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable MakeResetLink body) {
        MakeResetLink wish = body == null ? new MakeResetLink(null, null) : body;
        String link = help.resetLink(
                caller,
                new UserId(id),
                Boolean.TRUE.equals(wish.withoutSecondFactor()),
                Boolean.TRUE.equals(wish.deleteKeys()));
        return Envelope.ok(new ResetLinkView(link), "Keep the link now: it is not shown again.");
    }

    private AccountView view(User user) {
        return view(user, counts.of(List.of(user.id())));
    }

    private static AccountView view(User user, Map<UserId, ChatCounts.Count> counts) {
        ChatCounts.Count count = counts.getOrDefault(user.id(), ChatCounts.Count.NONE);
        return new AccountView(UserView.of(user), count.chats(), count.messages());
    }
}
