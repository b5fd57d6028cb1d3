import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { useMemo } from "react";
import {
  type ChatChange,
  changeChat,
  deleteChat,
  fetchChat,
  listChats,
  listModels,
  restoreChat,
} from "@/api/chats";
import type { Chat, ChatSettingsChange, FoundChat, Model, Page } from "@/api/types";
import { profileQuery } from "@/lib/profile";
import { queryClient } from "@/lib/query-client";
import type { ChatFilter } from "./chat-lists";
import { isConnected, useLink } from "./live-link";

export type ChatPages = InfiniteData<Page<FoundChat>, string | null>;

export const everyList = ["chats"] as const;
/// Without a live connection, while the page is looked at.
const pollMillis = 10_000;
/// The server has five seconds to find a title; a look after each of these finds it soon after.
const titleLooksMillis = [700, 1_500, 3_000, 5_500];

export const chatsQuery = ({ archived, q }: ChatFilter) =>
  infiniteQueryOptions({
    queryKey: [...everyList, archived, q],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listChats({ cursor: pageParam, archived, q: q === "" ? undefined : q, signal }),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const filterOf = ([, archived, q]: readonly unknown[]) => ({ archived, q }) as ChatFilter;

export const chatQuery = (chatId: string | undefined) =>
  queryOptions({
    queryKey: ["chat", chatId ?? ""],
    enabled: chatId !== undefined,
    queryFn: ({ signal }) => fetchChat(chatId ?? "", signal),
  });

export const modelsQuery = queryOptions({
  queryKey: ["models"],
  queryFn: ({ signal }) => listModels(signal),
  staleTime: 60_000,
});

/// What answers where a chat names no model: the person's choice, else the instance's.
export function useStandardModel(): Model | undefined {
  const { data: models = [] } = useQuery(modelsQuery);
  const { data: profile } = useQuery(profileQuery);
  return (
    models.find(({ id }) => id === profile?.preferences.default_model) ??
    models.find((model) => model.default) ??
    models[0]
  );
}

const none: FoundChat[] = [];

export function useChats(filter: ChatFilter) {
  const looks = useLooks();
  const query = useInfiniteQuery({ ...chatsQuery(filter), ...(filter.q === "" ? looks : {}) });
  const chats = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? none, [query.data]);
  return { ...query, chats };
}

export const useChat = (chatId: string | undefined) => useQuery({ ...chatQuery(chatId), ...useLooks() });

/// What comes by itself is not asked for.
function useLooks() {
  const connected = useLink((link) => link.connected);
  return {
    refetchInterval: connected ? (false as const) : pollMillis,
    refetchOnWindowFocus: !connected,
  };
}

/// Makes a chat that was just created appear where the server will list it.
export function chatArrived(chat: Chat) {
  queryClient.setQueryData(chatQuery(chat.id).queryKey, chat);
  if (chat.is_temporary) return;
  queryClient.setQueryData<ChatPages>(chatsQuery({ archived: false, q: "" }).queryKey, (data) => {
    const first = data?.pages[0];
    if (data === undefined || first === undefined) return data;
    const pinned = first.items.filter(({ is_pinned }) => is_pinned);
    const others = first.items.filter(({ is_pinned, id }) => !is_pinned && id !== chat.id);
    return { ...data, pages: [{ ...first, items: [...pinned, chat, ...others] }, ...data.pages.slice(1)] };
  });
}

/// An answer has ended: the chat moved up, and may soon have a title.
export function chatsChanged(chatId: string) {
  if (isConnected()) return;
  void refetchChats();
  if (queryClient.getQueryData(chatQuery(chatId).queryKey)?.title != null) return;
  for (const millis of titleLooksMillis) setTimeout(() => void lookForTitle(chatId), millis);
}

async function lookForTitle(chatId: string) {
  if (queryClient.getQueryData(chatQuery(chatId).queryKey)?.title != null) return;
  const chat = await fetchChat(chatId).catch(() => null);
  if (chat?.title == null) return;
  editEverywhere(chatId, () => chat);
}

export const refetchChats = () => queryClient.invalidateQueries({ queryKey: everyList });

/// Changes a chat on the screen first, and back again should the server refuse.
export async function updateChat(chat: Chat, change: ChatChange) {
  const { settings, ...plain } = change;
  editEverywhere(chat.id, (known) => ({
    ...known,
    ...plain,
    settings: changedSettings(known.settings, settings),
  }));
  try {
    const stored = await changeChat(chat.id, change);
    editEverywhere(chat.id, () => stored);
  } catch (error) {
    editEverywhere(chat.id, () => chat);
    throw error;
  } finally {
    if (change.is_pinned !== undefined || change.is_archived !== undefined) await refetchChats();
  }
}

/// A setting that is null is taken away.
export function changedSettings(known: Chat["settings"], change: ChatSettingsChange = {}): Chat["settings"] {
  return Object.fromEntries(Object.entries({ ...known, ...change }).filter(([, value]) => value !== null));
}

export async function removeChat(chat: Chat) {
  await queryClient.cancelQueries({ queryKey: everyList });
  editLists((items) => items.filter(({ id }) => id !== chat.id));
  try {
    await deleteChat(chat.id);
  } finally {
    await refetchChats();
  }
}

export async function bringBackChat(chat: Chat) {
  await restoreChat(chat.id);
  await refetchChats();
}

function editEverywhere(chatId: string, edit: (chat: Chat) => Chat) {
  queryClient.setQueryData<Chat>(chatQuery(chatId).queryKey, (chat) =>
    chat === undefined ? chat : edit(chat),
  );
  editLists((items) => items.map((item) => (item.id === chatId ? { ...item, ...edit(item) } : item)));
}

function editLists(edit: (items: FoundChat[]) => FoundChat[]) {
  queryClient.setQueriesData<ChatPages>({ queryKey: everyList }, (data) =>
    data === undefined
      ? data
      : { ...data, pages: data.pages.map((page) => ({ ...page, items: edit(page.items) })) },
  );
}
