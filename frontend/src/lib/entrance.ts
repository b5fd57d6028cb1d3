import { queryOptions } from "@tanstack/react-query";
import { fetchEntrance } from "@/api/entrance";

export const entranceQuery = queryOptions({
  queryKey: ["entrance"],
  queryFn: fetchEntrance,
  staleTime: Number.POSITIVE_INFINITY,
});
