package dev.parley.answers;

import dev.parley.shared.UserId;
import java.util.List;
import java.util.UUID;

/// An answer that some node writes, and where it stands.
public record AnswerBegun(UserId owner, UUID chatId, UUID messageId) {
    /// As nodes tell it each other.
    String news() {
        return owner + "/" + chatId + "/" + messageId;
    }

    static AnswerBegun of(String news) {
        List<String> ids = List.of(news.split("/", 3));
        return new AnswerBegun(
                new UserId(UUID.fromString(ids.get(0))), UUID.fromString(ids.get(1)), UUID.fromString(ids.get(2)));
    }
}
