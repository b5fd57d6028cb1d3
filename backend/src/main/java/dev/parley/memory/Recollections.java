package dev.parley.memory;

import dev.parley.chats.Chat;
import dev.parley.chats.Message.Recalled;
import dev.parley.models.Prompt.Note;
import dev.parley.shared.UserId;
import dev.parley.users.Preferences;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;

/// What of all that was said before may help with a question. The door of this module for answers: it never throws, and
/// never takes longer than its bound; an answer without notes is an answer.
public interface Recollections {
    /// What was found for a question.
    ///
    /// @param notes oldest first, those on top that are told whatever is asked
    /// @param memories the ids of the memories among them
    /// @param turns the messages among them
    record Found(List<Note> notes, List<UUID> memories, List<Recalled> turns) {
        public static final Found NOTHING = new Found(List.of(), List.of(), List.of());
    }

    /// How many tokens notes may have in a chat's prompts: 0 where nothing is remembered.
    int room(Chat chat, Preferences preferences, int contextWindow);

    /// The same for a question that is asked outside of chats.
    int room(Preferences preferences, int contextWindow);

    /// @param shown the messages that the prompt holds anyway
    /// @param room how many tokens notes may have
    /// @param tokens counts those of a text
    Found recall(UserId owner, String question, Set<UUID> shown, int room, ToLongFunction<String> tokens);
}
