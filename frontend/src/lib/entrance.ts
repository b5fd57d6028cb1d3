import { queryOptions } from "@tanstack/react-query";
import { fetchEntrance } from "@/api/entrance";
import { queryClient } from "./query-client";

export const entranceQuery = queryOptions({
  queryKey: ["entrance"],
  queryFn: fetchEntrance,
  staleTime: Number.POSITIVE_INFINITY,
});

/// A page that shows the ways in waits so long for the server to name them: what came later would move the others.
const patienceMillis = 1_000;

export async function entranceHeard(): Promise<null> {
  const late = new Promise((resolve) => setTimeout(resolve, patienceMillis));
  await Promise.race([queryClient.prefetchQuery(entranceQuery), late]);
  return null;
}
