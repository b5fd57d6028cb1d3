import { call } from "./http";
import type { Chat, MessagePage, Page } from "./types";

/// Somebody's chats, for operators. Each call is recorded.
export const listChatsOf = (owner: string, archived: boolean, cursor: string | null, signal?: AbortSignal) =>
  call<Page<Chat>>("GET", `/api/v1/admin/users/${owner}/chats/`, {
    query: { limit: 50, cursor, archived: archived ? true : undefined },
    signal,
  });

/// Of the branch that is shown, the newest first page by page. Each call is recorded.
export const listMessagesOf = (chat: string, cursor: string | null, signal?: AbortSignal) =>
  call<MessagePage>("GET", `/api/v1/admin/chats/${chat}/messages/`, {
    query: { limit: 50, cursor },
    signal,
  });
