import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "./api-error";
import { call, forgetAnswers, onOtherAccount, onSessionEnd } from "./http";

/// A server of one address, whose content the test changes.
class PretendedServer {
  content: object | null = { items: ["one"] };
  sent: { url: string; ifNoneMatch: string | null; cache: string | undefined; status: number }[] = [];

  answer = async (url: string, { headers, cache, method }: RequestInit): Promise<Response> => {
    const ifNoneMatch = new Headers(headers).get("If-None-Match");
    const response = this.respond(method ?? "GET", ifNoneMatch);
    this.sent.push({ url, ifNoneMatch, cache, status: response.status });
    return response;
  };

  private respond(method: string, ifNoneMatch: string | null): Response {
    if (this.content === null)
      return Response.json(
        { success: false, error: { code: "NOT_FOUND", message: "There is no such chat." } },
        { status: 404 },
      );
    const tag = `W/"${JSON.stringify(this.content)}"`;
    if (method === "GET" && ifNoneMatch === tag) return new Response(null, { status: 304 });
    return Response.json({ success: true, data: this.content }, { headers: { ETag: tag } });
  }
}

let server: PretendedServer;
let address = 0;
let path: string;

beforeEach(() => {
  server = new PretendedServer();
  path = `/api/v1/chats/${address++}/`;
  vi.stubGlobal("fetch", server.answer);
});
afterEach(() => vi.unstubAllGlobals());

test("what is still the same is the very object that was read before", async () => {
  const first = await call("GET", path);
  expect(await call("GET", path)).toBe(first);
  expect(server.sent.map(({ status }) => status)).toEqual([200, 304]);
});

test("what has changed is read anew, and is what the next call compares with", async () => {
  const first = await call("GET", path);
  server.content = { items: ["one", "two"] };
  const second = await call("GET", path);
  expect(second).toEqual({ items: ["one", "two"] });
  expect(await call("GET", path)).toBe(second);
  expect(first).toEqual({ items: ["one"] });
  expect(server.sent.map(({ status }) => status)).toEqual([200, 200, 304]);
});

test("another question to the same address is another answer", async () => {
  const whole = await call("GET", path, { query: { limit: 50 } });
  await call("GET", path, { query: { limit: 20 } });
  expect(server.sent.at(-1)).toMatchObject({ url: `${path}?limit=20`, ifNoneMatch: null });
  expect(whole).toEqual(server.content);
});

test("what is gone is an error, however often it was read", async () => {
  const first = await call("GET", path);
  server.content = null;
  await expect(call("GET", path)).rejects.toBeInstanceOf(ApiError);
  expect(first).toEqual({ items: ["one"] });
});

test("what is changed is not compared with what was read, and the browser itself keeps nothing", async () => {
  const read = await call("GET", path);
  await call("PATCH", path, { body: { title: "Tides" } });
  expect(server.sent.at(-1)).toMatchObject({ ifNoneMatch: null, cache: "no-store" });
  expect(await call("GET", path)).toBe(read);
});

test("what was read once is compared with after its object is gone, and no longer after somebody has left", async () => {
  await call("GET", path);
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  expect(await call("GET", path)).toEqual(server.content);
  forgetAnswers();
  await call("GET", path);
  expect(server.sent.map(({ status }) => status)).toEqual([200, 304, 200]);
});

const refusal = (code: string, details: object = {}) =>
  Response.json({ success: false, error: { code, message: "No.", details } }, { status: 401 });

/// What the page is told of its session while it calls a server that gives these answers.
async function toldBy(...answers: [refreshed: Response, again: Response]): Promise<string[]> {
  const told: string[] = [];
  onSessionEnd(() => told.push("over"));
  onOtherAccount(() => told.push("another account"));
  const [refreshed, again] = answers;
  const calls = [refusal("TOKEN_EXPIRED"), again];
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("document", { cookie: "" });
  vi.stubGlobal("location", { protocol: "http:" });
  vi.stubGlobal("fetch", async (url: string) => (url.endsWith("/refresh") ? refreshed : calls.shift()));
  await expect(call("GET", path)).rejects.toMatchObject({ status: 401 });
  return told;
}

test("cookies that are another person's since the renewal are no end of a session", async () => {
  const others = () => refusal("UNAUTHENTICATED", { other_account: true });
  expect(await toldBy(Response.json({ success: true, data: {} }), others())).toEqual(["another account"]);
  expect(await toldBy(others(), refusal("TOKEN_EXPIRED"))).toEqual(["another account"]);
});

test("a session that cannot be renewed, or is refused all the same, is over", async () => {
  expect(await toldBy(refusal("TOKEN_REVOKED"), refusal("TOKEN_EXPIRED"))).toEqual(["over"]);
  const renewed = Response.json({ success: true, data: {} });
  expect(await toldBy(renewed, refusal("TOKEN_REVOKED"))).toEqual(["over"]);
});
