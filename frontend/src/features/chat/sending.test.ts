import { i18n } from "@lingui/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { queryClient } from "@/lib/query-client";
import { authStore } from "@/lib/session";
import { conversationOf } from "./conversation";
import { dropLive, liveAnswer, useLiveStore } from "./live-store";
import { seedMessages } from "./message-queries";
import { sendQuestion } from "./send-question";
import { forgetUnsent, keepUnsent, refuseUnsent, useUnsent } from "./unsent";
import { keepSending } from "./unsent-sender";

const page = (status: number) =>
  new Response("<html>Who are you?</html>", { status, headers: { "Content-Type": "text/html" } });
const json = (data: unknown) => Response.json({ success: true, data });

const message = (chatId: string, id: string, role: string, content: string, clientId: string | null) => ({
  id,
  chat_id: chatId,
  client_id: clientId,
  role,
  content,
  parent_id: null,
  status: role === "user" ? "complete" : "streaming",
  timestamp: "2026-11-22T10:54:00.123Z",
  metadata: {},
  feedback: null,
  siblings: [id],
});

/// A server whose answers never end, unless the test says otherwise.
class PretendedServer {
  asked: string[] = [];
  health = () => json({ status: "ok" });
  /// What becomes of a question, by its content.
  answers = new Map<string, () => Response>();
  messages: () => Promise<Response> = async () => json({ items: [], next_cursor: null, prev_cursor: null });

  fetch = async (url: string, { method = "GET", body, signal }: RequestInit = {}): Promise<Response> => {
    signal?.throwIfAborted();
    if (url === "/health/live") return this.health();
    if (url === "/api/v1/auth/login") return json({ user: { id: "u1", email: "reader@example.com" } });
    const chatId = /^\/api\/v1\/chats\/(.+)\/messages\//.exec(url)?.[1];
    if (chatId === undefined) return new Response(null, { status: 404 });
    if (method === "GET") return this.messages();
    const { content, client_id } = JSON.parse(String(body)) as { content: string; client_id: string };
    this.asked.push(content);
    return this.answers.get(content)?.() ?? answering(chatId, content, client_id, signal);
  };
}

function answering(chatId: string, content: string, clientId: string, signal: AbortSignal | null = null) {
  const start = {
    user_message: message(chatId, `${chatId}-question`, "user", content, clientId),
    assistant_message: message(chatId, `${chatId}-answer`, "assistant", "", null),
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`id: 1\nevent: start\ndata: ${JSON.stringify(start)}\n\n`));
      signal?.addEventListener("abort", () => controller.error(signal.reason));
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

const place = (chatId: string) => ({ conversation: chatId, chatId, end: null });
const opening = { settings: {}, is_temporary: false };
const waiting = (chatId: string, content: string) => {
  keepUnsent({
    clientId: `${chatId}-${content}`,
    conversation: chatId,
    chatId,
    content,
    parentId: undefined,
    opening,
  });
  return `${chatId}-${content}`;
};

vi.setConfig({ testTimeout: 30_000 });

/// Time passes until it is so.
const until = (holds: () => boolean) =>
  vi.waitFor(
    async () => {
      await vi.advanceTimersByTimeAsync(250);
      expect(holds()).toBe(true);
    },
    { timeout: 10_000, interval: 1 },
  );

let server: PretendedServer;
let leaving: AbortController;

beforeEach(async () => {
  i18n.loadAndActivate({ locale: "en", messages: {} });
  vi.useFakeTimers();
  server = new PretendedServer();
  leaving = new AbortController();
  const window = new EventTarget();
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("document", Object.assign(new EventTarget(), { hidden: false, cookie: "" }));
  vi.stubGlobal("requestAnimationFrame", (paint: (now: number) => void) =>
    setTimeout(() => paint(Date.now()), 16),
  );
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
  vi.stubGlobal("fetch", server.fetch);
  await authStore().login({ email: "reader@example.com", password: "a long enough passphrase" });
});

afterEach(async () => {
  leaving.abort();
  for (const { clientId } of useUnsent.getState().questions) forgetUnsent(clientId);
  for (const conversation of Object.keys(useLiveStore.getState().answers)) dropLive(conversation);
  useUnsent.setState({ reachable: true });
  await vi.runOnlyPendingTimersAsync();
  queryClient.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a question that a proxy refuses with a page of its own is refused, and not sent again and again", async () => {
  server.answers.set("Too long?", () => page(413));
  seedMessages("refused");
  const sent = sendQuestion(place("refused"), "Too long?");
  await until(() => useUnsent.getState().questions[0]?.refusal !== undefined);
  await sent;
  expect(useUnsent.getState().questions[0]?.refusal).toMatchObject({ code: "UNREADABLE" });
  expect(server.asked).toEqual(["Too long?"]);
});

test("a question that is lost again and again lets those of other conversations go first", async () => {
  for (const chatId of ["lost", "other"]) seedMessages(chatId);
  server.answers.set("Lost?", () => page(200));
  const lost = waiting("lost", "Lost?");
  const behind = waiting("lost", "Behind it?");
  const other = waiting("other", "Another?");
  void keepSending(leaving.signal);
  await until(() => server.asked.includes("Another?"));
  const kept = () => useUnsent.getState().questions.map(({ clientId }) => clientId);
  await until(() => !kept().includes(other));
  expect(kept()).toEqual([lost, behind]);
  const rounds = server.asked.length;
  await until(() => server.asked.length > rounds);
  expect(server.asked, "its own order holds").not.toContain("Behind it?");
});

test("where every address answers with a page that asks who is there, nothing is sent", async () => {
  seedMessages("portal");
  let looks = 0;
  server.health = () => {
    looks += 1;
    return looks < 3 ? page(200) : json({ status: "ok" });
  };
  waiting("portal", "Anybody there?");
  void keepSending(leaving.signal);
  await until(() => server.asked.length > 0);
  expect(looks).toBe(3);
});

test("a question that is taken back while its chat is loaded is not sent", async () => {
  let arrive = (_: Response) => {};
  let loading = false;
  server.messages = () => {
    loading = true;
    return new Promise((resolve) => {
      arrive = resolve;
    });
  };
  seedMessages("other");
  const taken = waiting("unread", "Not this one");
  waiting("other", "This one");
  void keepSending(leaving.signal);
  await until(() => loading);
  forgetUnsent(taken);
  arrive(json({ items: [], next_cursor: null, prev_cursor: null }));
  await until(() => server.asked.length > 0);
  expect(server.asked).toEqual(["This one"]);
});

test("a question that was refused meanwhile is not sent behind its person's back", async () => {
  seedMessages("refused");
  seedMessages("next");
  refuseUnsent(waiting("refused", "Refused?"), { code: "VALIDATION_ERROR", sentence: "Not this." });
  waiting("next", "Next?");
  void keepSending(leaving.signal);
  await until(() => server.asked.length > 0);
  expect(server.asked).toEqual(["Next?"]);
});

test("an answer that is read no longer, for others are, is not shown as being written for ever", async () => {
  for (const chatId of ["one", "two", "three", "four"]) {
    seedMessages(chatId);
    void sendQuestion(place(chatId), `Number ${chatId}?`);
    await until(() => liveAnswer(conversationOf(chatId))?.answer != null);
  }
  await until(() => liveAnswer("one") === undefined);
  expect(Object.keys(useLiveStore.getState().answers)).toEqual(["two", "three", "four"]);
  expect(useUnsent.getState().questions).toEqual([]);
});
