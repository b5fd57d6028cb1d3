import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type AuditFilter,
  fetchAccount,
  fetchHealth,
  fetchJobKinds,
  fetchOverview,
  fetchQuota,
  listAccounts,
  listAllModels,
  listAudit,
  listFailedJobs,
  listProviders,
  listSettings,
} from "@/api/admin";
import { queryClient } from "@/lib/query-client";

const everything = ["admin"] as const;
/// What changes by itself is asked for again this often.
const refetchMillis = 5_000;
const refetchOverviewMillis = 30_000;

const periods = ["hour", "day", "30d"] as const;

export type Period = (typeof periods)[number];

export const isPeriod = (name: string): name is Period => periods.some((period) => period === name);

export const overviewQuery = (period: Period) =>
  queryOptions({
    queryKey: [...everything, "overview", period],
    queryFn: ({ signal }) => fetchOverview(period, signal),
    refetchInterval: refetchOverviewMillis,
    placeholderData: keepPreviousData,
  });

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

export const quotaQuery = (id: string) =>
  queryOptions({
    queryKey: [...everything, "quota", id],
    queryFn: ({ signal }) => fetchQuota(id, signal),
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

export const providersQuery = queryOptions({
  queryKey: [...everything, "providers"],
  queryFn: ({ signal }) => listProviders(signal),
});

export const allModelsQuery = queryOptions({
  queryKey: [...everything, "models"],
  queryFn: ({ signal }) => listAllModels(signal),
  // A provider may still be saying which it has.
  refetchInterval: refetchMillis,
});

export const settingsQuery = queryOptions({
  queryKey: [...everything, "settings"],
  queryFn: ({ signal }) => listSettings(signal),
});

export const refetchAdmin = () => queryClient.invalidateQueries({ queryKey: everything });
