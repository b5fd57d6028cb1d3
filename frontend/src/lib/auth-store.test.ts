import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { authStore } from "./session";

const user = { id: "u1", email: "reader@example.com" };
let asked: { call: string; pageOf: string | null }[];

const answers: Record<string, () => Response> = {
  "POST /api/v1/auth/login": () => Response.json({ success: true, data: { user } }),
  "POST /api/v1/auth/refresh": () => Response.json({ success: true, data: { user } }),
  "POST /api/v1/auth/logout": () => Response.json({ success: true, data: null }),
};

beforeEach(() => {
  asked = [];
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("document", { cookie: "" });
  vi.stubGlobal("location", { protocol: "http:", assign: vi.fn() });
  vi.stubGlobal("fetch", async (url: string, { method, headers }: RequestInit) => {
    const call = `${method} ${url}`;
    asked.push({ call, pageOf: new Headers(headers).get("Parley-User") });
    return answers[call]?.() ?? new Response(null, { status: 404 });
  });
});
afterEach(() => vi.unstubAllGlobals());

test("who signs in is authenticated, renews, and leaves nothing behind", async () => {
  expect(authStore()).toMatchObject({ user: null, isAuthenticated: false });
  await authStore().login({ email: user.email, password: "a long enough passphrase" });
  expect(authStore()).toMatchObject({ user, isAuthenticated: true });
  await authStore().refreshToken();
  await authStore().logout();
  expect(asked).toEqual([
    { call: "POST /api/v1/auth/login", pageOf: null },
    { call: "POST /api/v1/auth/refresh", pageOf: "u1" },
    { call: "POST /api/v1/auth/logout", pageOf: "u1" },
  ]);
  expect(location.assign).toHaveBeenCalledWith("/");
});

test("who leaves another tab takes along whoever is the same person, and nobody else", async () => {
  await authStore().login({ email: user.email, password: "a long enough passphrase" });
  const otherTab = new BroadcastChannel("parley.session");
  otherTab.postMessage({ type: "signed-out", userId: "u2" });
  otherTab.postMessage({ type: "signed-in", userId: "u3" });
  await vi.waitFor(() => expect(location.assign).toHaveBeenCalled());
  otherTab.postMessage({ type: "signed-out", userId: "u1" });
  await vi.waitFor(() => expect(location.assign).toHaveBeenLastCalledWith("/"));
  expect(vi.mocked(location.assign).mock.calls).toEqual([["/chat"], ["/"]]);
  otherTab.close();
});
