import { call } from "./http";
import type { OwnUsage } from "./types";

/// What the signed-in person has used of this day and this month, and may use.
export const fetchUsage = ({ signal }: { signal: AbortSignal }) =>
  call<OwnUsage>("GET", "/api/v1/users/usage/", { signal });
