import { type InfiniteData, infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { listMessages, type MessagePlace } from "@/api/messages";
import type { Message, MessagePage } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { pageOf, withTurn } from "./message-pages";

type MessagePages = InfiniteData<MessagePage, MessagePlace>;

/// How much of a chat is held: what lies further from the reading place is dropped, and fetched again by whoever
/// goes there.
const pagesHeld = 3;
const newest: MessagePlace = {};
/// Of how many chats: the one that is shown, and those that somebody goes back to.
const chatsHeld = 4;

/// A window onto the branch. Its pages run from the newest to older ones; each page is oldest first.
export const messagesQuery = (chatId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["messages", chatId ?? ""],
    enabled: chatId !== undefined,
    initialPageParam: newest,
    queryFn: ({ pageParam, signal }) => listMessages(chatId ?? "", pageParam, signal),
    getNextPageParam: ({ next_cursor }) => placeAt(next_cursor),
    getPreviousPageParam: ({ prev_cursor }) => placeAt(prev_cursor),
    maxPages: pagesHeld,
    // A refetch of many pages would be many requests for text that does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });

const placeAt = (cursor: string | null): MessagePlace | null => (cursor === null ? null : { cursor });

const none: Message[] = [];

/// @param wanted false while something else is about to put a window there
export function useMessages(chatId: string | undefined, wanted = true) {
  const query = useInfiniteQuery({ ...messagesQuery(chatId), enabled: chatId !== undefined && wanted });
  const messages = useMemo(() => (query.data === undefined ? none : inOrder(query.data.pages)), [query.data]);
  return { ...query, messages };
}

const inOrder = (pages: MessagePage[]): Message[] => pages.toReversed().flatMap((page) => page.items);

/// A chat that was created a moment ago has no messages, and need not be asked for them.
export function seedMessages(chatId: string) {
  setPages(chatId, pageOf([]), newest);
}

/// The branch as far as it is loaded, undefined before it is.
export function cachedMessages(chatId: string): Message[] | undefined {
  const data = queryClient.getQueryData(messagesQuery(chatId).queryKey);
  return data === undefined ? undefined : inOrder(data.pages);
}

let shown: string[] = [];

/// What is held of the chats that were shown longest ago is dropped.
export function chatIsShown(chatId: string) {
  shown = [chatId, ...shown.filter((other) => other !== chatId)];
  for (const old of shown.splice(chatsHeld))
    queryClient.removeQueries({ queryKey: messagesQuery(old).queryKey, type: "inactive" });
}

/// Whether what is held reaches to the end of the branch.
export const holdsEnd = (chatId: string): boolean =>
  queryClient.getQueryData(messagesQuery(chatId).queryKey)?.pages[0]?.prev_cursor == null;

/// Puts a finished turn where it hangs: what stood below its parent is another branch from now on.
export function settleTurn(chatId: string, after: string | null, turn: Message[]) {
  editPages(chatId, (pages) => withTurn(pages, after, turn));
}

export function editMessage(chatId: string, messageId: string, change: (message: Message) => Message) {
  editPages(chatId, (pages) =>
    pages.map((page) => ({
      ...page,
      items: page.items.map((message) => (message.id === messageId ? change(message) : message)),
    })),
  );
}

/// Asks again, from the end of the branch that the chat shows by now.
export function reloadMessages(chatId: string) {
  const { queryKey } = messagesQuery(chatId);
  queryClient.setQueryData<MessagePages>(queryKey, (data) =>
    data === undefined ? data : { ...data, pageParams: data.pageParams.with(0, newest) },
  );
  return queryClient.invalidateQueries({ queryKey });
}

/// Moves the window to the end of the branch.
export const showEnd = (chatId: string) => showPage(chatId, newest);

/// Moves the window to a message, in the branch through it.
export const showAround = (chatId: string, messageId: string) => showPage(chatId, { around: messageId });

async function showPage(chatId: string, place: MessagePlace): Promise<MessagePage> {
  const page = await listMessages(chatId, place);
  setPages(chatId, page, place);
  return page;
}

function setPages(chatId: string, page: MessagePage, place: MessagePlace) {
  void queryClient.cancelQueries({ queryKey: messagesQuery(chatId).queryKey });
  queryClient.setQueryData<MessagePages>(messagesQuery(chatId).queryKey, {
    pages: [page],
    pageParams: [place],
  });
}

function editPages(chatId: string, edit: (pages: MessagePage[]) => MessagePage[]) {
  cancelPaging(chatId);
  queryClient.setQueryData<MessagePages>(messagesQuery(chatId).queryKey, (data) => {
    if (data === undefined) return data;
    const pages = edit(data.pages);
    return { pages, pageParams: data.pageParams.slice(data.pageParams.length - pages.length) };
  });
}

/// A further page is put beside those that were there when it was asked for, and would undo a change since then.
/// Whoever still wants it asks again.
function cancelPaging(chatId: string) {
  const { queryKey } = messagesQuery(chatId);
  const isPaging = queryClient.getQueryState(queryKey)?.fetchMeta?.fetchMore !== undefined;
  if (isPaging) void queryClient.cancelQueries({ queryKey });
}
