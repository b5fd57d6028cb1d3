import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { ApiError } from "@/api/api-error";
import { switchBranch } from "@/api/messages";
import { queryClient } from "@/lib/query-client";
import { toast } from "@/ui/toast";
import { chatQuery } from "./chat-queries";
import { cachedMessages, showAround } from "./message-queries";

/// The message that a link names: `/chat/{chat}?message={message}` opens the chat there.
export interface OpenedAt {
  messageId: string;
  /// Another one each time that a link is followed.
  visit: string;
}

/// Brings the message into the window that is held of the chat, and makes its branch the one that is shown.
/// @returns whether the window is still on its way
export function useOpenedAt(chatId: string | undefined, at: OpenedAt | undefined): boolean {
  const { t } = useLingui();
  const [arrived, setArrived] = useState<string | null>(null);
  const messageId = at?.messageId;
  const visit = at?.visit;
  useEffect(() => {
    if (chatId === undefined || messageId === undefined || visit === undefined) return;
    let current = true;
    const isHere = cachedMessages(chatId)?.some(({ id }) => id === messageId) === true;
    (isHere ? Promise.resolve() : bring(chatId, messageId))
      .catch((failure: unknown) => {
        if (!current) return;
        const gone = failure instanceof ApiError && !failure.isPassing;
        toast(gone ? t`The message is not there any more.` : t`The message could not be opened.`);
      })
      .finally(() => {
        if (current) setArrived(visit);
      });
    return () => {
      current = false;
    };
  }, [chatId, messageId, visit, t]);
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
