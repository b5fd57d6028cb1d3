import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function built(api: string, socket: string) {
  vi.stubEnv("VITE_API_URL", api);
  vi.stubEnv("VITE_WS_URL", socket);
  vi.stubGlobal("location", { origin: "https://chat.example.org" });
  const { onServer, socketAddress } = await import("./server-address");
  return [onServer("/api/v1/chats/"), socketAddress()];
}

test("the server that has the page has the API", async () => {
  expect(await built("", "")).toEqual(["/api/v1/chats/", "wss://chat.example.org/ws"]);
});

test.each([
  "https://api.example.org",
  "https://api.example.org/",
  "https://api.example.org/api/v1",
  "https://api.example.org/api/v1/",
])("an app that is hosted elsewhere finds both: %s", async (api) => {
  expect(await built(api, "")).toEqual(["https://api.example.org/api/v1/chats/", "wss://api.example.org/ws"]);
});

test("the WebSocket may have an address of its own", async () => {
  expect(await built("http://localhost:8000/api/v1", "ws://localhost:9000/ws")).toEqual([
    "http://localhost:8000/api/v1/chats/",
    "ws://localhost:9000/ws",
  ]);
});
