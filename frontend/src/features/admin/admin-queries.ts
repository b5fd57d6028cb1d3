import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type AuditFilter,
  fetchAccount,
  fetchHealth,
  fetchJobKinds,
  listAccounts,
  listAudit,
  listFailedJobs,
} from "@/api/admin";
import { queryClient } from "@/lib/query-client";

const everything = ["admin"] as const;
/// What changes by itself is asked for again this often.
const refetchMillis = 5_000;

export interface AccountFilter {
  q: string;
  active: boolean | undefined;
  staff: boolean | undefined;
}

export const accountsQuery = ({ q, active, staff }: AccountFilter) =>
  infiniteQueryOptions({
    queryKey: [...everything, "accounts", { q, active, staff }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      listAccounts({ q, is_active: active, is_staff: staff, cursor: pageParam, signal }),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: [...everything, "account", id],
    queryFn: ({ signal }) => fetchAccount(id, signal),
  });

export const jobKindsQuery = queryOptions({
  queryKey: [...everything, "jobs"],
  queryFn: ({ signal }) => fetchJobKinds(signal),
  refetchInterval: refetchMillis,
});

export const failedJobsQuery = infiniteQueryOptions({
  queryKey: [...everything, "failed-jobs"],
  initialPageParam: null as string | null,
  queryFn: ({ pageParam, signal }) => listFailedJobs(pageParam, signal),
  getNextPageParam: (page) => page.next_cursor,
});

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...everything, "audit", filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => listAudit(filter, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

export const healthQuery = queryOptions({
  queryKey: [...everything, "health"],
  queryFn: ({ signal }) => fetchHealth(signal),
  refetchInterval: refetchMillis,
});

export const refetchAdmin = () => queryClient.invalidateQueries({ queryKey: everything });
