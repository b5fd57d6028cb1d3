package dev.parley.imports;

import dev.parley.chats.ChatSettings;
import dev.parley.chats.Message;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chat as a file tells it.
///
/// @param id the one it has where it comes from
/// @param model who answers where an answer does not say so
/// @param currentId the message that was last in sight; may be none of them
/// @param nodes by their ids, in the order in which they stand in the file
/// @param skipped how often what of it was left out while it was read
record SourceChat(
        Format format,
        String id,
        @Nullable String title,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        boolean isArchived,
        boolean isPinned,
        boolean isTemporary,
        ChatSettings settings,
        @Nullable String model,
        @Nullable String currentId,
        Map<String, Node> nodes,
        Map<Skipped, Integer> skipped) {

    /// A place in the tree. What nobody says (a root, a tool's part) holds the places below it together.
    ///
    /// @param role null: nobody says it
    /// @param text of a silent place empty
    /// @param metadata what is known of an answer, its reasoning among it
    record Node(
            String id,
            @Nullable String parentId,
            Message.@Nullable Role role,
            String text,
            @Nullable Instant at,
            Message.Status status,
            Message.Metadata metadata,
            Message.@Nullable Rating rating) {
        static Node silent(String id, @Nullable String parentId, @Nullable String reasoning) {
            return new Node(id, parentId, null, "", null, Message.Status.COMPLETE, metadata(null, reasoning), null);
        }

        static Message.Metadata metadata(@Nullable String model, @Nullable String reasoning) {
            return new Message.Metadata(model, null, null, null, reasoning, null, null, null, null, null);
        }

        boolean isSilent() {
            return role == null || text.isBlank();
        }
    }
}
