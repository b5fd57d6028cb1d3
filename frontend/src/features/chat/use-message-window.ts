import { useCallback, useEffect } from "react";
import { useChat } from "./chat-queries";
import { chatIsShown, useMessages } from "./message-queries";
import { type OpenedAt, useOpenedAt } from "./use-opened-at";

/// The stretch of a chat's branch that is held: its end, or what lies around the place where somebody reads.
export function useMessageWindow(
  chatId: string | undefined,
  conversation: string,
  openedAt: OpenedAt | undefined,
) {
  const seeking = useOpenedAt(chatId, conversation, openedAt);
  const { messages, data, dataUpdatedAt, error, refetch, ...paging } = useMessages(chatId, !seeking);
  const { isFetching, hasNextPage, hasPreviousPage, fetchNextPage, fetchPreviousPage } = paging;
  const { data: chat } = useChat(chatId);
  const complete = !hasPreviousPage;
  const last = messages.at(-1)?.id ?? null;

  useEffect(() => {
    if (chatId !== undefined) chatIsShown(chatId);
  }, [chatId]);

  const loadOlder = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  const loadNewer = useCallback(() => {
    if (!isFetching) void fetchPreviousPage();
  }, [isFetching, fetchPreviousPage]);

  return {
    /// A link names a message that is still on its way.
    seeking,
    messages,
    /// Undefined until they are known.
    stored: data === undefined ? undefined : messages,
    updatedAt: dataUpdatedAt,
    error,
    refetch,
    /// They reach to the end of the branch.
    complete,
    /// What the branch ends in, held or not.
    end: complete ? last : (chat?.current_message_id ?? last),
    /// Each of the two is absent where there is nothing more that way.
    loadOlder: hasNextPage ? loadOlder : undefined,
    loadNewer: hasPreviousPage ? loadNewer : undefined,
  };
}
