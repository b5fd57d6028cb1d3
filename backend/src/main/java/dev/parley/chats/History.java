package dev.parley.chats;

import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/// Reading a chat back, page by page and in both directions.
///
/// A page holds its messages oldest first. The first page is the newest; `next_cursor` leads to older ones,
/// `prev_cursor` to newer ones. Both name the leaf that the branch ends in, so that turning pages stays in the branch
/// even when another one is shown meanwhile.
@Service
class History {
    private final Chats chats;
    private final BranchRepository branches;

    History(Chats chats, BranchRepository branches) {
        this.chats = chats;
        this.branches = branches;
    }

    Stretch branch(UserId owner, UUID chatId, PageRequest request) {
        Chat chat = chats.get(owner, chatId);
        Cursor cursor = Cursor.parse(request.cursor(), 3);
        if (cursor == null) {
            UUID leaf = chat.currentMessageId();
            return leaf == null
                    ? Stretch.EMPTY
                    : older(leaf, branches.upwards(owner, chatId, leaf, request.limit() + 1), request.limit(), true);
        }
        UUID leaf = cursor.uuid(1);
        UUID at = cursor.uuid(2);
        return switch (cursor.keys().getFirst()) {
            case "older" ->
                older(leaf, branches.upwards(owner, chatId, at, request.limit() + 1), request.limit(), false);
            case "newer" ->
                newer(leaf, at, branches.between(owner, chatId, at, leaf, request.limit() + 1), request.limit());
            default ->
                throw new ParleyException(CommonError.MALFORMED_REQUEST, "The cursor is not one that this list gave.");
        };
    }

    /// The page around a message, in the branch through it: the one that is shown when the message is part of it,
    /// else the one down to its newest leaf.
    Stretch around(UserId owner, UUID chatId, UUID message, int limit) {
        Chat chat = chats.get(owner, chatId);
        UUID leaf = chat.currentMessageId();
        if (leaf == null || !branches.isAbove(message, leaf)) {
            leaf = branches.newestLeaf(chatId, message).orElseThrow(() -> ParleyException.notFound("message"));
        }
        int newerLimit = (limit - 1) / 2;
        List<Message> newer = branches.between(owner, chatId, message, leaf, newerLimit + 1);
        boolean more = newer.size() > newerLimit;
        List<Message> nearest = more ? newer.subList(1, newer.size()) : newer;
        int olderLimit = limit - nearest.size();
        List<Message> older = branches.upwards(owner, chatId, message, olderLimit + 1);
        Stretch page = older(leaf, older, olderLimit, true);
        if (page.items().isEmpty()) {
            throw ParleyException.notFound("message");
        }
        List<Message> items = new ArrayList<>(page.items());
        items.addAll(nearest.reversed());
        String prev = more ? Cursor.of("newer", leaf, items.getLast().id()).encoded() : null;
        return new Stretch(items, page.nextCursor(), prev, leaf);
    }

    Stretch tree(UserId owner, UUID chatId, PageRequest request) {
        Chat chat = chats.get(owner, chatId);
        Cursor cursor = Cursor.parse(request.cursor(), 1);
        List<Message> rows =
                branches.tree(owner, chat.id(), cursor == null ? null : cursor.uuid(0), request.limit() + 1);
        boolean more = rows.size() > request.limit();
        List<Message> items = (more ? rows.subList(0, request.limit()) : rows).reversed();
        return new Stretch(items, more ? Cursor.of(items.getFirst().id()).encoded() : null, null, null);
    }

    /// @param rows newest first, with one more than the page holds where there is more
    private static Stretch older(UUID leaf, List<Message> rows, int limit, boolean newest) {
        boolean more = rows.size() > limit;
        List<Message> items = (more ? rows.subList(0, limit) : rows).reversed();
        String next = more ? Cursor.of("older", leaf, rows.get(limit).id()).encoded() : null;
        String prev = newest || items.isEmpty()
                ? null
                : Cursor.of("newer", leaf, items.getLast().id()).encoded();
        return new Stretch(items, next, prev, leaf);
    }

    private static Stretch newer(UUID leaf, UUID ancestor, List<Message> rows, int limit) {
        boolean more = rows.size() > limit;
        List<Message> items = (more ? rows.subList(1, rows.size()) : rows).reversed();
        String prev = more ? Cursor.of("newer", leaf, items.getLast().id()).encoded() : null;
        return new Stretch(items, Cursor.of("older", leaf, ancestor).encoded(), prev, leaf);
    }
}
