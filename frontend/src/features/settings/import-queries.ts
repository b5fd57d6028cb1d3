import { queryOptions } from "@tanstack/react-query";
import { fetchImports } from "@/api/imports";
import type { ChatImport } from "@/api/types";

const lookMillis = 1_000;

export const isAtWork = ({ status }: ChatImport) => status === "queued" || status === "running";

/// Looked at again and again while one of them is worked on.
export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: fetchImports,
  refetchInterval: ({ state }) => (state.data?.some(isAtWork) ? lookMillis : false),
});
