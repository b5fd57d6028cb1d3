import { queryOptions } from "@tanstack/react-query";
import { fetchWaysIn } from "@/api/ways-in";
import { queryClient } from "@/lib/query-client";

export const waysInQuery = queryOptions({ queryKey: ["ways-in"], queryFn: fetchWaysIn });

export const refreshWaysIn = () => queryClient.invalidateQueries({ queryKey: waysInQuery.queryKey });
