import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { ApiError } from "@/api/api-error";
import { switchBranch } from "@/api/messages";
import { queryClient } from "@/lib/query-client";
import { toast } from "@/ui/toast";
import { chatQuery } from "./chat-queries";
import { cachedMessages, showAround } from "./message-queries";
import { placeLeft } from "./reading-places";

/// The message that a link names: `/chat/{chat}?message={message}` opens the chat there.
export interface OpenedAt {
  messageId: string;
  /// Another one each time that a link is followed.
  visit: string;
}

/// Brings the message into the window that is held of the chat, and makes its branch the one that is shown. Without
/// one, a chat that was left somewhere in its middle is opened there.
/// @returns whether the window is still on its way
export function useOpenedAt(
  chatId: string | undefined,
  conversation: string,
  at: OpenedAt | undefined,
): boolean {
  const { t } = useLingui();
  const [left] = useState(() => placeLeft(conversation));
  const messageId = at?.messageId ?? left;
  const visit = at?.visit ?? (left === undefined ? undefined : "left here");
  const linked = at !== undefined;
  const [arrived, setArrived] = useState<string | null>(null);
  useEffect(() => {
    if (chatId === undefined || messageId === undefined || visit === undefined) return;
    let current = true;
    const held = cachedMessages(chatId);
    const isHere = linked ? held?.some(({ id }) => id === messageId) : held !== undefined;
    const coming =
      isHere === true ? undefined : linked ? bring(chatId, messageId) : showAround(chatId, messageId);
    Promise.resolve(coming)
      .catch((failure: unknown) => {
        // A place that is gone is no loss: the chat opens at its end.
        if (!current || !linked) return;
        const gone = failure instanceof ApiError && !failure.isPassing;
        toast(gone ? t`The message is not there any more.` : t`The message could not be opened.`);
      })
      .finally(() => {
        if (current) setArrived(visit);
      });
    return () => {
      current = false;
    };
  }, [chatId, messageId, visit, linked, t]);
  return visit !== undefined && arrived !== visit;
}

async function bring(chatId: string, messageId: string) {
  const [page, chat] = await Promise.all([
    showAround(chatId, messageId),
    queryClient.fetchQuery(chatQuery(chatId)),
  ]);
  if (page.leaf_id !== null && page.leaf_id !== chat.current_message_id)
    await switchBranch(chatId, page.leaf_id);
}
