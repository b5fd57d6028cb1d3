import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/api-error";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => failures < 2 && (!(error instanceof ApiError) || error.isPassing),
    },
    mutations: { retry: false },
  },
});

export const isFetching = (queryKey: readonly unknown[]) =>
  queryClient.getQueryState(queryKey)?.fetchStatus === "fetching";
