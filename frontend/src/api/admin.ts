import { call } from "./http";
import type { Account, AuditEntry, FailedJob, Health, JobKind, OwnUsage, Page, UsageOverview } from "./types";

interface ListAccounts {
  q?: string;
  is_active?: boolean;
  is_staff?: boolean;
  cursor?: string | null;
  signal?: AbortSignal;
}

/// The newest first.
export const listAccounts = ({ signal, q, ...query }: ListAccounts) =>
  call<Page<Account>>("GET", "/api/v1/admin/users/", {
    query: { limit: 50, ...query, q: q === "" ? undefined : q },
    signal,
  });

export const fetchAccount = (id: string, signal?: AbortSignal) =>
  call<Account>("GET", `/api/v1/admin/users/${id}/`, { signal });

export const changeAccount = (id: string, change: { is_active?: boolean; is_staff?: boolean }) =>
  call<Account>("PATCH", `/api/v1/admin/users/${id}/`, { body: change });

export const signOutEverywhere = (id: string) => call<null>("POST", `/api/v1/admin/users/${id}/sign-out/`);

/// @param period `hour`, `day` or `30d`
export const fetchOverview = (period: string, signal?: AbortSignal) =>
  call<UsageOverview>("GET", "/api/v1/admin/overview", { query: { period }, signal });

export const fetchQuota = (id: string, signal?: AbortSignal) =>
  call<OwnUsage>("GET", `/api/v1/admin/users/${id}/quota/`, { signal });

/// Null: no limit.
export type QuotaLimits = Record<"day_tokens" | "month_tokens" | "day_cost" | "month_cost", number | null>;

export const setQuota = (id: string, limits: QuotaLimits) =>
  call<OwnUsage>("PUT", `/api/v1/admin/users/${id}/quota/`, { body: limits });

export const clearQuota = (id: string) => call<OwnUsage>("DELETE", `/api/v1/admin/users/${id}/quota/`);

export const fetchJobKinds = async (signal?: AbortSignal) =>
  (await call<Page<JobKind>>("GET", "/api/v1/admin/jobs/", { signal })).items;

/// The newest first.
export const listFailedJobs = (cursor: string | null, signal?: AbortSignal) =>
  call<Page<FailedJob>>("GET", "/api/v1/admin/jobs/failures/", { query: { limit: 50, cursor }, signal });

export const retryJob = (id: string) => call<null>("POST", `/api/v1/admin/jobs/failures/${id}/retry/`);

export const dismissJob = (id: string) => call<null>("DELETE", `/api/v1/admin/jobs/failures/${id}/`);

/// Ids of accounts, and the kind of what was done; what is absent is anything.
export interface AuditFilter {
  action?: string;
  actor?: string;
  about?: string;
}

/// The newest first.
export const listAudit = (filter: AuditFilter, cursor: string | null, signal?: AbortSignal) =>
  call<Page<AuditEntry>>("GET", "/api/v1/admin/audit/", { query: { limit: 50, cursor, ...filter }, signal });

export const auditExportPath = (filter: AuditFilter) =>
  `/api/v1/admin/audit/export/?${new URLSearchParams({ ...filter })}`;

export const fetchHealth = (signal?: AbortSignal) => call<Health>("GET", "/health/", { signal });
