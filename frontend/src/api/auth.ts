import { call } from "./http";
import type { DeviceSession, Page, Preferences, Profile, User } from "./types";

export interface Credentials {
  email: string;
  password: string;
}

export interface Registration extends Credentials {
  first_name?: string;
}

export const fetchMe = () => call<User>("GET", "/api/v1/auth/me");

export const login = async (credentials: Credentials) =>
  (await call<{ user: User }>("POST", "/api/v1/auth/login", { body: credentials, renew: false })).user;

/// The second half of a sign-in that was refused with `SECOND_FACTOR_REQUIRED`, whose details have the challenge.
export const loginWithCode = async (challenge: string, code: string) =>
  (
    await call<{ user: User }>("POST", "/api/v1/auth/login/second-factor", {
      body: { challenge, code },
      renew: false,
    })
  ).user;

export const register = async (registration: Registration) =>
  (await call<{ user: User }>("POST", "/api/v1/auth/register", { body: registration, renew: false })).user;

export const logout = () => call<null>("POST", "/api/v1/auth/logout", { body: {} });

export const fetchProfile = () => call<Profile>("GET", "/api/v1/users/profile/");

export interface ProfileChange {
  username?: string;
  first_name?: string;
  last_name?: string;
  preferences?: Partial<Preferences>;
}

export const changeProfile = (change: ProfileChange) =>
  call<Profile>("PATCH", "/api/v1/users/profile/", { body: change });

export const changePassword = (current_password: string, new_password: string) =>
  call<null>("POST", "/api/v1/auth/password/", { body: { current_password, new_password } });

export const fetchSessions = async () =>
  (await call<Page<DeviceSession>>("GET", "/api/v1/auth/sessions/", { query: { limit: 100 } })).items;

export const endSession = (id: string) => call<null>("DELETE", `/api/v1/auth/sessions/${id}/`);

export const endOtherSessions = () => call<null>("DELETE", "/api/v1/auth/sessions/");

/// @param password empty for who has none
export const deleteAccount = (password: string) =>
  call<null>("DELETE", "/api/v1/users/profile/", { body: { password } });

/// Everything that the server holds about the user, as one file.
export const exportPath = "/api/v1/users/profile/export/";

/// What people read of it, as texts in a ZIP file.
export const readableExportPath = `${exportPath}?format=markdown`;
