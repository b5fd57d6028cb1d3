import { queryOptions } from "@tanstack/react-query";
import { fetchKeys } from "@/api/keys";

export const keysQuery = queryOptions({ queryKey: ["api-keys"], queryFn: fetchKeys });
