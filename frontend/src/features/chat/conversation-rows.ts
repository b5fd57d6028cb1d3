import type { Message } from "@/api/types";
import type { LiveStructure } from "./use-streaming-message";

export interface Row {
  /// Survives the change from a question that was just typed to the stored message.
  key: string;
  message: Message;
  live: boolean;
}

const row = (message: Message, live = false): Row => ({
  key: message.client_id ?? message.id,
  message,
  live,
});

/// The stored messages of the branch with the live turn in its place. The two sources change
/// independently of each other, and every order of their changes gives the same list.
/// @param complete the stored messages reach to the end of the branch; else a turn that hangs beyond them is out of sight
export function conversationRows(stored: Message[], live: LiveStructure | undefined, complete = true): Row[] {
  if (live === undefined) return stored.map((message) => row(message));
  const { answer, question } = live;
  const isStored = stored.some(({ id, status }) => id === answer?.id && status !== "streaming");
  if (isStored) return stored.map((message) => row(message));

  const cut = cutAt(stored, live);
  if (cut === null && !complete && live.phase !== "sending") return stored.map((message) => row(message));
  const above = stored.slice(0, cut ?? stored.length);
  const rows = above.map((message) => row(message));
  if (question !== null) rows.push(row(question, true));
  if (answer !== null) rows.push(row(answer, true));
  return rows;
}

/// Null when the turn hangs under none of them.
function cutAt(stored: Message[], { after, question, answer }: LiveStructure): number | null {
  if (after === null) return 0;
  const parent = stored.findIndex(({ id }) => id === after);
  if (parent !== -1) return parent + 1;
  const own = stored.findIndex(
    ({ id, client_id }) =>
      id === answer?.id || id === question?.id || (client_id !== null && client_id === question?.client_id),
  );
  return own === -1 ? null : own;
}
