import { call } from "./http";
import type { SecondFactor, SecondFactorPreparation } from "./types";

const path = "/api/v1/auth/second-factor/";

export const fetchSecondFactor = () => call<SecondFactor>("GET", path);

export const prepareSecondFactor = (password: string) =>
  call<SecondFactorPreparation>("POST", path, { body: { password } });

/// Turns it on.
/// @returns the recovery codes, which are told this once
export const confirmSecondFactor = async (code: string) =>
  (await call<{ recovery_codes: string[] }>("POST", `${path}confirm/`, { body: { code } })).recovery_codes;

export const renewRecoveryCodes = async (password: string, code: string) =>
  (await call<{ recovery_codes: string[] }>("POST", `${path}recovery-codes/`, { body: { password, code } }))
    .recovery_codes;

export const disableSecondFactor = (password: string, code: string) =>
  call<null>("DELETE", path, { body: { password, code } });
