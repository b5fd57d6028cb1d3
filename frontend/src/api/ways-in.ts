import { call } from "./http";
import type { AskedForPasskey, AskedToSign, ProviderEntry, User, WaysIn } from "./types";

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

/// What a device has made; bytes are base64url.
export interface MadePasskey {
  client_data: string;
  attestation: string;
}

/// What a device has signed; bytes are base64url.
export interface SignedByPasskey {
  id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  user_handle: string | null;
}

/// @param password empty for who has none
export const askForPasskey = (password: string) =>
  call<AskedForPasskey>("POST", "/api/v1/auth/passkeys/options", { body: { password } });

export const addPasskey = (name: string, made: MadePasskey) =>
  call<unknown>("POST", "/api/v1/auth/passkeys/", { body: { name, ...made } });

export const removePasskey = (id: string) => call<null>("DELETE", `/api/v1/auth/passkeys/${id}/`);

export const askToSign = () =>
  call<AskedToSign>("POST", "/api/v1/auth/login/passkey/options", { body: {}, renew: false });

export const loginWithPasskey = async (signed: SignedByPasskey) =>
  (await call<{ user: User }>("POST", "/api/v1/auth/login/passkey", { body: signed, renew: false })).user;
