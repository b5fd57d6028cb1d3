import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AnswerEvent } from "@/api/answer-events";
import type { ClientFrame } from "@/api/live-frames";
import type { Message } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { sampleChat } from "./sample-chat";
import { sampleMessage } from "./sample-message";

vi.stubGlobal("document", { hidden: true, addEventListener: () => {} });
vi.stubGlobal("cancelAnimationFrame", () => {});
const { join, joinOverheard } = await import("./answers");
const { chatQuery } = await import("./chat-queries");
const { hear, overheard, subscriptions, useLink } = await import("./live-link");
const { dropLive, liveAnswer } = await import("./live-store");
const { pageOf } = await import("./message-pages");
const { cachedMessages, messagesQuery } = await import("./message-queries");

const q1 = sampleMessage({ id: "q1" });
const a1 = sampleMessage({ id: "a1", parent_id: "q1", role: "assistant" });
const q2 = sampleMessage({ id: "q2", parent_id: "a1", client_id: "k2" });
const a2 = sampleMessage({ id: "a2", parent_id: "q2", role: "assistant", status: "streaming" });
const whole = { ...a2, status: "complete" as const, content: "Because." };

const start = { id: 1, type: "start", user_message: q2, assistant_message: a2 } as const;
const because = { id: 8, type: "delta", text: "Because" } as const;
const done = { id: 10, type: "done", message: whole } as const;

/// Another in each test: a request that is never answered goes on.
let chat = "";
let chats = 0;
let sent: ClientFrame[] = [];
let requested: string[] = [];

function connect() {
  subscriptions.connected((frame) => sent.push(frame));
  useLink.setState({ connected: true, failing: false });
}

function disconnect() {
  subscriptions.lost();
  useLink.setState({ connected: false });
}

function stored(...items: Message[]) {
  queryClient.setQueryData(messagesQuery(chat).queryKey, {
    pages: [pageOf(items)],
    pageParams: [{}],
  });
}

const current = (id: string) =>
  queryClient.setQueryData(chatQuery(chat).queryKey, sampleChat({ current_message_id: id }));

const says = (...events: AnswerEvent[]) => {
  for (const event of events) hear(chat, "a2", event);
};

const shown = () => liveAnswer(chat);
const texts = () => cachedMessages(chat)?.map(({ content }) => content);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  chats += 1;
  chat = `chat-${chats}`;
  sent = [];
  requested = [];
  vi.stubGlobal("fetch", (address: string) => {
    requested.push(address);
    return new Promise(() => {});
  });
  stored(q1, a1);
  current("a1");
  subscriptions.watch(chat);
  connect();
});

afterEach(async () => {
  says(start, done);
  await vi.runAllTimersAsync();
  dropLive(chat);
  overheard.forget(chat);
  disconnect();
  queryClient.clear();
  vi.useRealTimers();
});

test("an answer that was begun elsewhere is shown with its question as soon as the chat says that it is its own", async () => {
  says(start, because);
  joinOverheard(chat);
  expect(shown()).toBeUndefined();
  current("a2");
  joinOverheard(chat);
  await vi.advanceTimersByTimeAsync(200);
  expect(shown()).toMatchObject({ after: "a1", question: q2, text: "Because", phase: "open" });
  says(done);
  await vi.advanceTimersByTimeAsync(200);
  expect(shown()).toBeUndefined();
  expect(texts()).toEqual(["", "", "", "Because."]);
  expect(requested).toEqual([]);
});

test("one that hangs under a message that is not shown waits for its branch", () => {
  stored(sampleMessage({ id: "other" }));
  current("a2");
  says(start);
  joinOverheard(chat);
  expect(shown()).toBeUndefined();
});

test("an unfinished answer that was found is read over the connection, from its start", async () => {
  stored(q1, a1, q2, a2);
  says(start, because);
  void join(chat, a2);
  await vi.advanceTimersByTimeAsync(200);
  expect(shown()).toMatchObject({ text: "Because", question: null });
  says({ id: 9, type: "delta", text: "." }, done);
  await vi.advanceTimersByTimeAsync(200);
  expect(texts()?.at(-1)).toBe("Because.");
  expect(sent).toEqual([{ type: "subscribe", chat_id: chat }]);
});

test("one that is told twice, for it was named meanwhile, is shown once", async () => {
  stored(q1, a1, q2, a2);
  void join(chat, a2);
  expect(sent.at(-1)).toMatchObject({ message_id: "a2" });
  says(start, { id: 4, type: "delta", text: "Bec" });
  await vi.advanceTimersByTimeAsync(200);
  says(start, because);
  await vi.advanceTimersByTimeAsync(200);
  expect(shown()).toMatchObject({ text: "Because", shown: 7 });
});

test("after a lost connection it goes on behind what was seen", async () => {
  stored(q1, a1, q2, a2);
  void join(chat, a2);
  says(start, because);
  disconnect();
  expect(shown()?.phase).toBe("reconnecting");
  connect();
  expect(sent.at(-1)).toEqual({ type: "subscribe", chat_id: chat, message_id: "a2", after: 8 });
  says({ id: 9, type: "delta", text: "." });
  await vi.advanceTimersByTimeAsync(200);
  expect(shown()).toMatchObject({ text: "Because.", phase: "open" });
  expect(requested).toEqual([]);
});

test("where no connection can be had a request reads it, and nothing comes twice", async () => {
  disconnect();
  stored(q1, a1, q2, a2);
  void join(chat, a2);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(requested).toEqual([]);
  useLink.setState({ failing: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(requested).toEqual([`/api/v1/chats/${chat}/messages/a2/stream/`]);
  connect();
  expect(sent).toEqual([{ type: "subscribe", chat_id: chat }]);
});

test("a connection that says nothing of it gives way to a request", async () => {
  stored(q1, a1, q2, a2);
  void join(chat, a2);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(requested).toEqual([`/api/v1/chats/${chat}/messages/a2/stream/`]);
  expect(sent.at(-1)).toEqual({ type: "unsubscribe", chat_id: chat });
});
