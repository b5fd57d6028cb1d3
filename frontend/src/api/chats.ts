import { call } from "./http";
import type { Chat, ChatSettingsChange, FoundChat, Model, Page } from "./types";

interface ListChats {
  cursor?: string | null;
  archived?: boolean;
  q?: string;
  signal?: AbortSignal;
}

export interface ChatChange {
  title?: string;
  is_archived?: boolean;
  is_pinned?: boolean;
  settings?: ChatSettingsChange;
}

export const listChats = ({ signal, archived, ...query }: ListChats) =>
  call<Page<FoundChat>>("GET", "/api/v1/chats/", {
    query: { ...query, archived: archived ? true : undefined, limit: 50 },
    signal,
  });

export const fetchChat = (id: string, signal?: AbortSignal) =>
  call<Chat>("GET", `/api/v1/chats/${id}/`, { signal });

export const createChat = (chat: { client_id: string } & Pick<Chat, "settings" | "is_temporary">) =>
  call<Chat>("POST", "/api/v1/chats/", { body: chat });

export const changeChat = (id: string, change: ChatChange) =>
  call<Chat>("PATCH", `/api/v1/chats/${id}/`, { body: change });

export const deleteChat = (id: string) => call<null>("DELETE", `/api/v1/chats/${id}/`);

export const restoreChat = (id: string) => call<Chat>("POST", `/api/v1/chats/${id}/restore/`);

/// A new chat with a copy of the branch down to the message.
export const forkChat = (id: string, messageId: string) =>
  call<Chat>("POST", `/api/v1/chats/${id}/fork/`, { body: { message_id: messageId } });

export const listModels = async (signal?: AbortSignal) =>
  (await call<{ items: Model[] }>("GET", "/api/v1/models/", { signal })).items;

export type ChatFile = "markdown" | "json";

/// A chat as a file.
export const chatFilePath = (id: string, format: ChatFile) => `/api/v1/chats/${id}/export/?format=${format}`;
