import { call } from "./http";
import type { Memory, MemoryChange, MemoryKind, MemoryStatus, Page } from "./types";

export interface MemoryFilter {
  q: string;
  kind: MemoryKind | null;
  status: MemoryStatus;
}

interface ListMemories extends Partial<MemoryFilter> {
  chatId?: string;
  cursor?: string | null;
  limit?: number;
  signal?: AbortSignal;
}

export interface MemoryEdit {
  content?: string;
  kind?: MemoryKind;
  pinned?: boolean;
  status?: "active" | "rejected";
}

/// Newest first; with `q` the nearest in meaning first.
export const listMemories = ({ signal, q, chatId, ...query }: ListMemories) =>
  call<Page<Memory>>("GET", "/api/v1/memories/", {
    query: { limit: 50, ...query, q: q === "" ? undefined : q, chat_id: chatId },
    signal,
  });

export const fetchMemory = (id: string, signal?: AbortSignal) =>
  call<Memory>("GET", `/api/v1/memories/${id}/`, { signal });

/// What is told of the person whatever they ask, as a paragraph; and whether what is learned can wait to be accepted.
export const fetchProfile = (signal?: AbortSignal) =>
  call<{ content: string; memories: string[]; asks: boolean }>("GET", "/api/v1/memories/profile/", {
    signal,
  });

export const addMemory = (content: string) =>
  call<Memory>("POST", "/api/v1/memories/", { body: { content } });

export const changeMemory = (id: string, edit: MemoryEdit) =>
  call<Memory>("PATCH", `/api/v1/memories/${id}/`, { body: edit });

export const forgetMemory = (id: string) => call<null>("DELETE", `/api/v1/memories/${id}/`);

/// Forgets what was learned; what it took the place of is true again.
export const undoMemory = (id: string) =>
  call<null>("DELETE", `/api/v1/memories/${id}/`, { query: { undo: true } });

export const forgetAllMemories = () => call<null>("DELETE", "/api/v1/memories/");

/// Oldest first.
export const memoryHistory = async (id: string, signal?: AbortSignal) =>
  (await call<Page<MemoryChange>>("GET", `/api/v1/memories/${id}/history/`, { signal })).items;

/// The export of an account, a list of its memories, or Mem0's list.
export const importMemories = (memories: unknown) =>
  call<{ found: number; imported: number }>("POST", "/api/v1/memories/import/", { body: memories });
