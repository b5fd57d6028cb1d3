import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { browserStorage } from "@/lib/browser-storage";
import { ApiError, errorOf } from "./api-error";
import { renewedAtCookie } from "./renewed-at";
import { Revalidation } from "./revalidation";
import { onServer } from "./server-address";
import { type Renewal, sessionRenewal } from "./session-renewal";
import { tabLock } from "./tab-lock";
import type { Transport } from "./upload";

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
  /// In place of `fetch`.
  transport?: Transport;
}

const refusalsOfRefresh = new Set([400, 401, 403, 422]);
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
    const error = await refusalOf(response);
    if (!isOthers(error) && refusalsOfRefresh.has(error.status)) return false;
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

/// Nothing of what one person has read is left for the next.
export const forgetAnswers = () => revalidation.clear();

/// Calls the API and takes the answer out of its envelope. What is read again and is still the same does not travel
/// again.
export async function call<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const url = path + queryString(options.query);
  const known = method === "GET" ? revalidation.find(url) : undefined;
  const response = await open(method, path, known === undefined ? options : { ...options, known: known.tag });
  if (response.status === 304 && known !== undefined) return known.data as T;
  const text = await response.text().catch(() => "");
  const body = parsed<{ data: T }>(text);
  if (body === null)
    throw new ApiError("UNREADABLE", i18n._(msg`The server's answer could not be read.`), response.status);
  if (method === "GET") revalidation.keep(url, response.headers.get("ETag"), body.data, text.length);
  return body.data;
}

function parsed<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

/// Calls the API and hands over the response, whose body may be a stream. Refused for want of a fresh
/// token, the call is repeated once.
export async function open(method: Method, path: string, options: Options = {}): Promise<Response> {
  const sentAt = Date.now();
  const response = await send(method, path, options);
  if (isAnswer(response)) return response;
  const error = await refusalOf(response);
  if (!isOver(error) || options.renew === false) throw error;

  if ((await renewSessionOrEnd(sentAt)) === "over") throw error;
  const again = await send(method, path, options);
  if (isAnswer(again)) return again;
  const refusal = await refusalOf(again);
  if (isOver(refusal)) whenSessionEnds();
  throw refusal;
}

/// Whichever request is answered so: the cookies may be another person's since the last one.
async function refusalOf(response: Response): Promise<ApiError> {
  const error = await errorOf(response);
  if (isOthers(error)) whenOtherAccount();
  return error;
}

const isOthers = ({ details }: ApiError) => details.other_account === true;

const isOver = (error: ApiError) =>
  error.status === 401 && !isOthers(error) && refusalsThatRenewalMends.has(error.code);

const isAnswer = ({ ok, status }: Response) => ok || status === 304;

async function send(
  method: Method,
  path: string,
  { body, query, signal, accept, known, transport = fetch }: Options,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept ?? "application/json" };
  // Of a form the browser itself says what it is.
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  if (pageOf !== null) headers["Parley-User"] = pageOf;
  if (known !== undefined) headers["If-None-Match"] = known;
  try {
    return await transport(onServer(path) + queryString(query), {
      method,
      headers,
      credentials: "include",
      // What is read of people and chats is kept in memory alone, which their signing out ends.
      cache: "no-store",
      body: body === undefined ? null : form ? body : JSON.stringify(body),
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
