import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { browserStorage } from "@/lib/browser-storage";
import { ApiError, errorOf } from "./api-error";
import { renewedAtCookie } from "./renewed-at";
import { Revalidation } from "./revalidation";
import { type Renewal, sessionRenewal } from "./session-renewal";
import { tabLock } from "./tab-lock";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  body?: unknown;
  query?: Query;
  signal?: AbortSignal;
  accept?: string;
  /// The name of the answer that is here already: only another one need be sent.
  known?: string;
  /// Calls that establish a session are refused for reasons that no renewal mends.
  renew?: boolean;
}

const refusalsThatRenewalMends = new Set(["UNAUTHENTICATED", "TOKEN_EXPIRED", "TOKEN_REVOKED"]);

let whenSessionEnds: () => void = () => {};

/// The session's owner is told once a request has been refused and could not be renewed.
export function onSessionEnd(listener: () => void) {
  whenSessionEnds = listener;
}

let whenOtherAccount: () => void = () => {};

/// Somebody else has signed in in this browser, whose cookies all its tabs share.
export function onOtherAccount(listener: () => void) {
  whenOtherAccount = listener;
}

let pageOf: string | null = null;

/// Whom the page shows: in nobody else's name anything is asked from now on.
export function actAs(userId: string | null) {
  pageOf = userId;
}

const renewSession = sessionRenewal({
  lock: tabLock("session-renewal", browserStorage),
  renewedAt: renewedAtCookie,
  now: Date.now,
  refresh: async () => {
    const response = await send("POST", "/api/v1/auth/refresh", { body: {} });
    if (response.ok) return true;
    const error = await errorOf(response);
    if (
      response.status === 401 ||
      response.status === 403 ||
      response.status === 422 ||
      response.status === 400
    ) {
      return false;
    }
    throw error;
  },
});

/// For a connection that was refused for want of a fresh token.
/// @param openedAt when it was opened; a renewal since then already answers it
export async function renewSessionOrEnd(openedAt: number): Promise<Renewal> {
  const renewal = await renewSession(openedAt);
  if (renewal === "over") whenSessionEnds();
  return renewal;
}

const revalidation = new Revalidation();

/// Calls the API and takes the answer out of its envelope. What is read again and is still the same does not travel
/// again.
export async function call<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const url = path + queryString(options.query);
  const known = method === "GET" ? revalidation.find(url) : undefined;
  const response = await open(method, path, known === undefined ? options : { ...options, known: known.tag });
  if (response.status === 304 && known !== undefined) return known.data as T;
  const body: { data: T } | null = await response.json().catch(() => null);
  if (body === null)
    throw new ApiError("UNREADABLE", i18n._(msg`The server's answer could not be read.`), response.status);
  if (method === "GET") revalidation.keep(url, response.headers.get("ETag"), body.data);
  return body.data;
}

/// Calls the API and hands over the response, whose body may be a stream. Refused for want of a fresh
/// token, the call is repeated once.
export async function open(method: Method, path: string, options: Options = {}): Promise<Response> {
  const sentAt = Date.now();
  const response = await send(method, path, options);
  if (isAnswer(response)) return response;
  const error = await errorOf(response);
  if (error.details.other_account === true) {
    whenOtherAccount();
    throw error;
  }
  const renewable =
    options.renew !== false && response.status === 401 && refusalsThatRenewalMends.has(error.code);
  if (!renewable) throw error;

  if ((await renewSessionOrEnd(sentAt)) === "over") throw error;
  const again = await send(method, path, options);
  if (isAnswer(again)) return again;
  const refusal = await errorOf(again);
  if (again.status === 401 && refusalsThatRenewalMends.has(refusal.code)) whenSessionEnds();
  throw refusal;
}

const isAnswer = ({ ok, status }: Response) => ok || status === 304;

async function send(
  method: Method,
  path: string,
  { body, query, signal, accept, known }: Options,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept ?? "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (pageOf !== null) headers["Parley-User"] = pageOf;
  if (known !== undefined) headers["If-None-Match"] = known;
  try {
    return await fetch(path + queryString(query), {
      method,
      headers,
      credentials: "same-origin",
      // What is read of people and chats is kept in memory alone, which their signing out ends.
      cache: "no-store",
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("NETWORK", i18n._(msg`The server could not be reached.`));
  }
}

function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
