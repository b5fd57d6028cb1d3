import { call } from "./http";
import type {
  Account,
  AuditEntry,
  FailedJob,
  Health,
  InstanceSetting,
  JobKind,
  ModelProvider,
  OfferedModel,
  OwnUsage,
  Page,
  UsageOverview,
  VoidedWays,
} from "./types";

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

/// With `delete_keys` their API keys go too.
interface WithKeys {
  delete_keys?: boolean;
}

export const changeAccount = (id: string, change: WithKeys & { is_active?: boolean; is_staff?: boolean }) =>
  call<Account>("PATCH", `/api/v1/admin/users/${id}/`, { body: change });

export const signOutEverywhere = (id: string, wish: WithKeys) =>
  call<null>("POST", `/api/v1/admin/users/${id}/sign-out/`, { body: wish });

/// Only a link to a new password leads in from then on.
export const voidWaysIn = (id: string) => call<VoidedWays>("POST", `/api/v1/admin/users/${id}/void-ways-in/`);

/// Told this once.
export const makeResetLink = (id: string, wish: WithKeys & { without_second_factor?: boolean }) =>
  call<{ link: string }>("POST", `/api/v1/admin/users/${id}/reset-link/`, { body: wish });

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

/// What is said of a provider. `api_key` left out keeps the one there is, an empty one takes it away.
export interface ProviderWish {
  dialect: string;
  url: string;
  api_key?: string;
  models: string[];
  context_window: number | null;
}

const providerPath = (name: string) => `/api/v1/admin/providers/${encodeURIComponent(name)}/`;

/// Those of the environment first.
export const listProviders = async (signal?: AbortSignal) =>
  (await call<Page<ModelProvider>>("GET", "/api/v1/admin/providers/", { signal })).items;

export const addProvider = (name: string, wish: ProviderWish) =>
  call<ModelProvider>("POST", "/api/v1/admin/providers/", { body: { name, ...wish } });

export const replaceProvider = (name: string, wish: ProviderWish) =>
  call<ModelProvider>("PUT", providerPath(name), { body: wish });

export const enableProvider = (name: string, enabled: boolean) =>
  call<ModelProvider>("PATCH", providerPath(name), { body: { enabled } });

export const removeProvider = (name: string) => call<null>("DELETE", providerPath(name));

/// Takes 20 seconds at most.
export const testProvider = (name: string) =>
  call<{ works: boolean; sentence: string }>("POST", `${providerPath(name)}test/`, { body: {} });

/// Also those that are not offered.
export const listAllModels = async (signal?: AbortSignal) =>
  (await call<Page<OfferedModel>>("GET", "/api/v1/admin/models/", { signal })).items;

/// What is left out is as its provider has it.
export interface ModelRule {
  enabled: boolean;
  context_window: number | null;
  max_tokens: number | null;
}

export const ruleModel = (id: string, rule: ModelRule) =>
  call<OfferedModel>("PUT", "/api/v1/admin/models/", { body: { id, ...rule } });

export const listSettings = async (signal?: AbortSignal) =>
  (await call<Page<InstanceSetting>>("GET", "/api/v1/admin/settings/", { signal })).items;

export const setSetting = (name: string, value: string) =>
  call<InstanceSetting>("PUT", `/api/v1/admin/settings/${name}/`, { body: { value } });

/// What the server was started with counts again.
export const resetSetting = (name: string) => call<null>("DELETE", `/api/v1/admin/settings/${name}/`);
