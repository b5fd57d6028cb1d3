import { queryOptions } from "@tanstack/react-query";
import { fetchSecondFactor } from "@/api/second-factor";
import { queryClient } from "@/lib/query-client";

export const secondFactorQuery = queryOptions({ queryKey: ["second-factor"], queryFn: fetchSecondFactor });

export const refreshSecondFactor = () =>
  queryClient.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
