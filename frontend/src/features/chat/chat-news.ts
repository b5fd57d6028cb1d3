import type { Chat } from "@/api/types";
import { refetchLearned } from "@/features/memory/memory-queries";
import { isFetching, queryClient } from "@/lib/query-client";
import { chatQuery, listChat, refetchChats, unlistChat } from "./chat-queries";
import { messagesQuery, reloadMessages } from "./message-queries";

export type ChatChange = "created" | "updated" | "deleted";

/// A chat was changed, here or elsewhere: all that shows it follows.
export function heardOfChat(change: ChatChange, chat: Chat) {
  if (change === "deleted") {
    unlistChat(chat.id);
    void queryClient.invalidateQueries({ queryKey: chatQuery(chat.id).queryKey });
    return;
  }
  listChat(chat);
  void refetchLearned(chat.id);
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
