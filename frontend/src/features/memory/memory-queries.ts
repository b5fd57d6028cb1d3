import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchMemory, fetchProfile, listMemories, type MemoryFilter, memoryHistory } from "@/api/memories";
import { queryClient } from "@/lib/query-client";

const everything = ["memories"] as const;
/// More than one chat teaches.
const mostOfChat = 100;

export const memoriesQuery = (filter: MemoryFilter) =>
  infiniteQueryOptions({
    queryKey: [...everything, "list", filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listMemories({ ...filter, kind: filter.kind ?? undefined, cursor: pageParam, signal }),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const profileQuery = queryOptions({
  queryKey: [...everything, "profile"],
  queryFn: ({ signal }) => fetchProfile(signal),
});

export const memoryQuery = (id: string) =>
  queryOptions({
    queryKey: [...everything, "one", id],
    queryFn: ({ signal }) => fetchMemory(id, signal),
    staleTime: 60_000,
  });

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: [...everything, "history", id],
    queryFn: ({ signal }) => memoryHistory(id, signal),
  });

/// What was learned in a chat and is true, or waits to be accepted.
export const learnedQuery = (chatId: string, status: "active" | "pending") =>
  queryOptions({
    queryKey: [...everything, "of-chat", chatId, status],
    queryFn: async ({ signal }) => (await listMemories({ chatId, status, limit: mostOfChat, signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const refetchMemories = () => queryClient.invalidateQueries({ queryKey: everything });

export const refetchLearned = (chatId: string) =>
  queryClient.invalidateQueries({ queryKey: [...everything, "of-chat", chatId] });
