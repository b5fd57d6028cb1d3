import { call } from "./http";
import type { ApiKey, KeyScope, NewApiKey, Page } from "./types";

export const fetchKeys = async () =>
  (await call<Page<ApiKey>>("GET", "/api/v1/auth/keys/", { query: { limit: 100 } })).items;

export interface KeyWish {
  name: string;
  scopes: KeyScope[];
  expires_at: string | null;
}

export const makeKey = (wish: KeyWish) => call<NewApiKey>("POST", "/api/v1/auth/keys/", { body: wish });

export const deleteKey = (id: string) => call<null>("DELETE", `/api/v1/auth/keys/${id}/`);
