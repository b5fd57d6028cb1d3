package dev.parley.answers;

import dev.parley.chats.Conversation.Said;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a branch a prompt holds.
///
/// @param turns newest first
/// @param cut what stands above them is left out; null: nothing is
/// @param tokens of instructions, summary and turns together: counted, or the most that they can be
record Context(List<Said> turns, @Nullable Cut cut, long tokens, boolean counted) {}
