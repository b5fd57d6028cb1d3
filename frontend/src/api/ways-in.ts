import { call } from "./http";
import type { ProviderEntry, WaysIn } from "./types";

/// @param next where to go afterwards
/// @param afresh whether the provider shall ask again who it is
/// @returns where the browser goes to sign in
export const beginAtProvider = async (next: string, afresh: boolean) =>
  (await call<{ address: string }>("POST", "/api/v1/auth/oidc", { body: { next, afresh }, renew: false }))
    .address;

/// What the provider sent the browser back with.
export interface ProviderAnswer {
  state: string | null;
  code: string | null;
  iss: string | null;
}

export const completeAtProvider = (answer: ProviderAnswer) =>
  call<ProviderEntry>("POST", "/api/v1/auth/oidc/complete", { body: answer, renew: false });

export const fetchWaysIn = () => call<WaysIn>("GET", "/api/v1/auth/ways-in");

export const unlinkIdentity = (id: string) => call<null>("DELETE", `/api/v1/auth/identities/${id}/`);
