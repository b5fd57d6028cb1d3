import type { Chat, FoundChat, Page } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { withChat, withoutChat } from "./chat-lists";
import { type ChatPages, chatQuery, everyList, filterOf, refetchChats } from "./chat-queries";
import { messagesQuery, reloadMessages } from "./message-queries";

export type ChatChange = "created" | "updated" | "deleted";

/// A chat was changed, here or elsewhere: all that shows it follows.
export function heardOfChat(change: ChatChange, chat: Chat) {
  if (change === "deleted") {
    editEachList((pages) => withoutChat(pages, chat.id));
    void queryClient.invalidateQueries({ queryKey: chatQuery(chat.id).queryKey });
    return;
  }
  editEachList((pages, key) => withChat(pages, chat, filterOf(key), change === "created"));
  const { queryKey } = chatQuery(chat.id);
  const known = queryClient.getQueryData(queryKey);
  if (known !== undefined && known.updated_at > chat.updated_at) return;
  if (isFetching(queryKey)) void queryClient.invalidateQueries({ queryKey });
  else queryClient.setQueryData(queryKey, (before) => (before === undefined ? before : chat));
  // What is on its way may have left before the change.
  if (known?.current_message_id !== chat.current_message_id && isFetching(messagesQuery(chat.id).queryKey))
    void reloadMessages(chat.id);
}

/// News may have been missed.
export function refetchShownChats() {
  void refetchChats();
  void queryClient.invalidateQueries({ queryKey: ["chat"] });
}

type Edit = (pages: Page<FoundChat>[], key: readonly unknown[]) => Page<FoundChat>[] | null;

/// A list that is on its way, or in which the chat has no certain place, is asked for again.
function editEachList(edit: Edit) {
  for (const { queryKey, state } of queryClient.getQueryCache().findAll({ queryKey: everyList })) {
    const data = state.data as ChatPages | undefined;
    const pages = data === undefined ? null : edit(data.pages, queryKey);
    if (pages === null || isFetching(queryKey)) void queryClient.invalidateQueries({ queryKey, exact: true });
    if (data !== undefined && pages !== null)
      queryClient.setQueryData<ChatPages>(queryKey, { ...data, pages });
  }
}

const isFetching = (queryKey: readonly unknown[]) =>
  queryClient.getQueryState(queryKey)?.fetchStatus === "fetching";
