package dev.parley.live;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// The chats that a connection has subscribed to, and the answers that it follows in them.
final class Subscriptions {
    /// An answer's beginning is told again within moments, if at all.
    private static final int REMEMBERED = 32;

    private final LiveProperties properties;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Heard> chats = new LinkedHashMap<>();
    private final Map<UUID, Follower> followers = new LinkedHashMap<>();

    Subscriptions(LiveProperties properties) {
        this.properties = properties;
    }

    /// Answers of a chat that were followed to their end.
    private static final class Heard extends LinkedHashMap<UUID, Boolean> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    /// What became of a wish to subscribe.
    enum Added {
        NEW,
        KNOWN,
        FULL
    }

    Added add(UUID chat) {
        lock.lock();
        try {
            if (chats.containsKey(chat)) {
                return Added.KNOWN;
            }
            if (chats.size() >= properties.mostChats()) {
                return Added.FULL;
            }
            chats.put(chat, new Heard());
            return Added.NEW;
        } finally {
            lock.unlock();
        }
    }

    boolean has(UUID chat) {
        lock.lock();
        try {
            return chats.containsKey(chat);
        } finally {
            lock.unlock();
        }
    }

    boolean isFollowing() {
        lock.lock();
        try {
            return !followers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    Set<UUID> chats() {
        lock.lock();
        try {
            return Set.copyOf(chats.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// @return false when the chat was not subscribed to
    boolean remove(UUID chat) {
        lock.lock();
        try {
            List<Follower> gone = followers.values().stream()
                    .filter(follower -> follower.answer().chatId().equals(chat))
                    .toList();
            dismiss(gone);
            return chats.remove(chat) != null;
        } finally {
            lock.unlock();
        }
    }

    /// There will be nothing new in a chat; what is followed in it is told to its end.
    void forget(UUID chat) {
        lock.lock();
        try {
            chats.remove(chat);
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            dismiss(List.copyOf(followers.values()));
            chats.clear();
        } finally {
            lock.unlock();
        }
    }

    private void dismiss(Collection<Follower> gone) {
        for (Follower follower : gone) {
            follower.dismiss();
            followers.remove(follower.answer().messageId());
        }
    }

    /// Takes in a follower, in the place of one of the same answer.
    ///
    /// @return false when there are too many, or the chat is not subscribed to
    boolean begin(Follower follower) {
        UUID message = follower.answer().messageId();
        lock.lock();
        try {
            Follower before = followers.get(message);
            boolean full = before == null && followers.size() >= properties.mostFollowed();
            if (full || !chats.containsKey(follower.answer().chatId())) {
                return false;
            }
            if (before != null) {
                before.dismiss();
            }
            followers.put(message, follower);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes in a follower of an answer that is news here: neither followed nor heard to its end.
    boolean beginIfNew(Follower follower) {
        UUID message = follower.answer().messageId();
        lock.lock();
        try {
            Heard heard = chats.get(follower.answer().chatId());
            boolean isNew = heard != null && !heard.containsKey(message) && !followers.containsKey(message);
            return isNew && begin(follower);
        } finally {
            lock.unlock();
        }
    }

    /// @param toItsEnd whether there is nothing more to hear
    void end(Follower follower, boolean toItsEnd) {
        UUID message = follower.answer().messageId();
        lock.lock();
        try {
            if (followers.remove(message, follower) && toItsEnd) {
                Heard heard = chats.get(follower.answer().chatId());
                if (heard != null) {
                    heard.put(message, true);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
