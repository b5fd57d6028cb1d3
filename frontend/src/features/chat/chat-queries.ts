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
import { isFetching, queryClient } from "@/lib/query-client";
import { type ChatFilter, withChat, withoutChat } from "./chat-lists";
import { isConnected } from "./live-link";
import { useWebSocket } from "./use-web-socket";

type ChatPages = InfiniteData<Page<FoundChat>, string | null>;

const everyList = ["chats"] as const;
/// Of a list whose beginning is in sight.
export const heldPages = 2;
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

const filterOf = ([, archived, q]: readonly unknown[]) => ({ archived, q }) as ChatFilter;

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
  const { connected } = useWebSocket();
  return {
    refetchInterval: connected ? (false as const) : pollMillis,
    refetchOnWindowFocus: !connected,
  };
}

/// A chat that was just created stands where the server will list it.
export function chatArrived(chat: Chat) {
  queryClient.setQueryData(chatQuery(chat.id).queryKey, chat);
  listChat(chat);
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
  showChat(chat);
}

export const refetchChats = () => queryClient.invalidateQueries({ queryKey: everyList });

/// Changes a chat on the screen first, and back again should the server refuse.
export async function updateChat(chat: Chat, change: ChatChange) {
  const { settings, ...plain } = change;
  showChat({ ...chat, ...plain, settings: changedSettings(chat.settings, settings) });
  try {
    showChat(await changeChat(chat.id, change));
  } catch (error) {
    showChat(chat);
    throw error;
  }
}

/// A setting that is null is taken away.
export function changedSettings(known: Chat["settings"], change: ChatSettingsChange = {}): Chat["settings"] {
  return Object.fromEntries(Object.entries({ ...known, ...change }).filter(([, value]) => value !== null));
}

export async function removeChat(chat: Chat) {
  unlistChat(chat.id);
  try {
    await deleteChat(chat.id);
  } catch (error) {
    listChat(chat);
    throw error;
  }
}

export async function bringBackChat(chat: Chat) {
  showChat(await restoreChat(chat.id));
  // Where it is found, only the server knows.
  await queryClient.invalidateQueries({
    queryKey: everyList,
    predicate: ({ queryKey }) => filterOf(queryKey).q !== "",
  });
}

/// A chat as it is now, on its page and in every list.
function showChat(chat: Chat) {
  queryClient.setQueryData<Chat>(chatQuery(chat.id).queryKey, (known) =>
    known === undefined ? known : plainChat(chat),
  );
  listChat(chat);
}

/// A found one says where it was found, which is nothing of the chat's own.
function plainChat({ snippet, message_id, ...chat }: FoundChat): Chat {
  return chat;
}

export function listChat(chat: Chat) {
  const plain = plainChat(chat);
  editEachList((pages, filter) => withChat(pages, plain, filter));
}

export function unlistChat(chatId: string) {
  editEachList((pages) => withoutChat(pages, chatId));
}

/// A list that is on its way may have left before the change: it is asked for again.
function editEachList(edit: (pages: Page<FoundChat>[], filter: ChatFilter) => Page<FoundChat>[]) {
  for (const { queryKey } of queryClient.getQueryCache().findAll({ queryKey: everyList })) {
    queryClient.setQueryData<ChatPages>(
      queryKey,
      (data) => data && { ...data, pages: edit(data.pages, filterOf(queryKey)) },
    );
    if (isFetching(queryKey)) void queryClient.invalidateQueries({ queryKey, exact: true });
  }
}

/// Pages that are out of sight cost a request each whenever the list is asked for again: whoever is back at its
/// beginning holds no more than it takes to scroll on.
export function forgetTail(filter: ChatFilter) {
  const { queryKey } = chatsQuery(filter);
  if (isFetching(queryKey)) return;
  queryClient.setQueryData<ChatPages>(
    queryKey,
    (data) =>
      data && { pages: data.pages.slice(0, heldPages), pageParams: data.pageParams.slice(0, heldPages) },
  );
}
