import type { Chat, Message } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { chatQuery, chatsQuery, useChat, useChats } from "./chat-queries";
import { conversationOf, freshConversation } from "./conversation";
import { conversationRows } from "./conversation-rows";
import { liveAnswer, useLiveStore } from "./live-store";
import { cachedMessages, holdsEnd, useMessages } from "./message-queries";
import { endOf, sendQuestion } from "./send-question";

/// All of a person's chats, and one of them with its messages. It holds nothing itself: what the server knows is in the
/// query cache, what is on its way in the live store.
export interface ChatStore {
  currentChat: Chat | null;
  chats: Chat[];
  /// The branch that is shown as far as it is loaded, with the answer that is being written.
  messages: Message[];
  isLoading: boolean;
  /// Returns at the end of the answer, or when the question waits to be sent.
  sendMessage: (content: string) => Promise<void>;
  loadChats: () => Promise<void>;
}

const list = chatsQuery({ archived: false, q: "" });

const loadChats = () => queryClient.fetchInfiniteQuery({ ...list, staleTime: 0 }).then(() => undefined);

/// The store as it stands, for code outside of React.
/// @param chatId the current chat, undefined in a new one
export function chatStore(chatId: string | undefined): ChatStore {
  const stored = chatId === undefined ? [] : (cachedMessages(chatId) ?? []);
  const conversation = chatId === undefined ? freshConversation() : conversationOf(chatId);
  const live = liveAnswer(conversation);
  const complete = chatId === undefined || holdsEnd(chatId);
  const messages = conversationRows(stored, live, complete).map(({ message, live: isLive }) =>
    isLive && message.role === "assistant" && live !== undefined
      ? { ...message, content: live.text }
      : message,
  );
  return {
    currentChat: queryClient.getQueryData(chatQuery(chatId).queryKey) ?? null,
    chats: queryClient.getQueryData(list.queryKey)?.pages.flatMap(({ items }) => items) ?? [],
    messages,
    isLoading: [list.queryKey, chatQuery(chatId).queryKey].some(
      (queryKey) => queryClient.isFetching({ queryKey, exact: true }) > 0,
    ),
    sendMessage: (content) =>
      sendQuestion({ conversation, chatId, end: chatId === undefined ? null : endOf(chatId) }, content),
    loadChats,
  };
}

/// The store as it changes. What shows one part of it asks for that part: `useChats`, `useMessages`,
/// `useStreamingMessage`.
export function useChatStore(chatId: string | undefined): ChatStore {
  useChats({ archived: false, q: "" });
  useChat(chatId);
  useMessages(chatId);
  useLiveStore();
  return chatStore(chatId);
}
