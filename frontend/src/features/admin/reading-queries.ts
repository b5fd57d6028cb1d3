import { infiniteQueryOptions } from "@tanstack/react-query";
import { listChatsOf, listMessagesOf } from "@/api/readings";

/// Every call stands in the audit log: none is made that the operator did not ask for.
const once = {
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
  retry: false,
  initialPageParam: null as string | null,
} as const;

/// Not below what is fetched anew after each decision about an account.
const readings = "admin-readings";

export const chatsOfQuery = (owner: string, archived: boolean) =>
  infiniteQueryOptions({
    ...once,
    queryKey: [readings, "chats", owner, archived],
    queryFn: ({ pageParam, signal }) => listChatsOf(owner, archived, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
  });

export const messagesOfQuery = (chat: string) =>
  infiniteQueryOptions({
    ...once,
    queryKey: [readings, "messages", chat],
    queryFn: ({ pageParam, signal }) => listMessagesOf(chat, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
  });
