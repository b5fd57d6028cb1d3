import { type InfiniteData, infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { listMessages } from "@/api/messages";
import type { Message, Page } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { withTurn } from "./message-pages";

type MessagePages = InfiniteData<Page<Message>, string | null>;

/// Pages run from the newest to older ones; each page is oldest first.
export const messagesQuery = (chatId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["messages", chatId ?? ""],
    enabled: chatId !== undefined,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listMessages(chatId ?? "", pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    // A refetch of many pages would be many requests for text that does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });

const none: Message[] = [];

export function useMessages(chatId: string | undefined) {
  const query = useInfiniteQuery(messagesQuery(chatId));
  const messages = useMemo(() => (query.data === undefined ? none : inOrder(query.data.pages)), [query.data]);
  return { ...query, messages };
}

const inOrder = (pages: Page<Message>[]): Message[] => pages.toReversed().flatMap((page) => page.items);

/// A chat that was created a moment ago has no messages, and need not be asked for them.
export function seedMessages(chatId: string) {
  queryClient.setQueryData<MessagePages>(messagesQuery(chatId).queryKey, {
    pages: [{ items: [], next_cursor: null }],
    pageParams: [null],
  });
}

/// The branch as far as it is loaded, undefined before it is.
export function cachedMessages(chatId: string): Message[] | undefined {
  const data = queryClient.getQueryData<MessagePages>(messagesQuery(chatId).queryKey);
  return data === undefined ? undefined : inOrder(data.pages);
}

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

export function reloadMessages(chatId: string) {
  return queryClient.invalidateQueries({ queryKey: messagesQuery(chatId).queryKey });
}

function editPages(chatId: string, edit: (pages: Page<Message>[]) => Page<Message>[]) {
  queryClient.setQueryData<MessagePages>(messagesQuery(chatId).queryKey, (data) => {
    if (data === undefined) return data;
    const pages = edit(data.pages);
    return { pages, pageParams: data.pageParams.slice(data.pageParams.length - pages.length) };
  });
}
