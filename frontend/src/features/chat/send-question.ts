import { newId } from "@/lib/new-id";
import { queryClient } from "@/lib/query-client";
import { ask } from "./answers";
import { chatQuery } from "./chat-queries";
import { cachedMessages, holdsEnd } from "./message-queries";
import { opening } from "./opening";
import { isFirst, keepUnsent, mustWait } from "./unsent";

export interface Place {
  conversation: string;
  /// Undefined in a new chat.
  chatId: string | undefined;
  /// What the branch ends in, which may lie beyond the messages that are held; null where that is not known.
  end: string | null;
}

/// Asks, or lets the question wait until it is its turn.
/// @param branch where the question does not go to the end
/// @returns at the end of the answer, or when the question waits
export async function sendQuestion(
  { conversation, chatId, end }: Place,
  content: string,
  branch?: { parentId: string | null },
): Promise<void> {
  const question = { conversation, chatId: chatId ?? null, content, opening: opening() };
  // What was read is answered, even where the conversation has gone on elsewhere: both are kept. Behind questions that
  // wait it goes below the answer that is last by then.
  const read = isFirst(conversation) ? (end ?? undefined) : undefined;
  const parentId = branch === undefined ? read : branch.parentId;
  if (mustWait(conversation)) keepUnsent({ ...question, clientId: newId(), parentId });
  else await ask({ ...question, parentId, after: parentId ?? null });
}

/// The last message of the branch, as far as it is known.
export function endOf(chatId: string): string | null {
  const last = cachedMessages(chatId)?.at(-1)?.id ?? null;
  if (holdsEnd(chatId)) return last;
  return queryClient.getQueryData(chatQuery(chatId).queryKey)?.current_message_id ?? last;
}
