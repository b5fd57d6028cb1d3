import { call } from "./http";
import type { Entrance, PasswordReset } from "./types";

/// What the instance offers to who is not signed in.
export const fetchEntrance = () => call<Entrance>("GET", "/api/v1/auth/entrance", { renew: false });

/// Says nothing of whether there is such an account.
export const askForNewPassword = (email: string) =>
  call<null>("POST", "/api/v1/auth/password/forgotten", { body: { email }, renew: false });

/// What else is void now, beside the devices that were signed in.
export const resetPassword = (token: string, new_password: string) =>
  call<PasswordReset>("POST", "/api/v1/auth/password/reset", { body: { token, new_password }, renew: false });
