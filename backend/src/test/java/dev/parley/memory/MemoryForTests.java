package dev.parley.memory;

import dev.parley.chats.Chat;
import dev.parley.shared.UserId;
import dev.parley.users.Preferences;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;

/// Somebody who remembers nothing, for tests of other modules.
public final class MemoryForTests implements Recollections {
    @Override
    public int room(Preferences preferences, int contextWindow) {
        return 0;
    }

    @Override
    public int room(Chat chat, Preferences preferences, int contextWindow) {
        return 0;
    }

    @Override
    public Found recall(UserId owner, String question, Set<UUID> shown, int room, ToLongFunction<String> tokens) {
        return Found.NOTHING;
    }
}
