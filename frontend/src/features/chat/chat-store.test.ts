import { QueryClientProvider } from "@tanstack/react-query";
import { act, createElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Chat, Message } from "@/api/types";
import { queryClient } from "@/lib/query-client";
import { runHook } from "@/lib/run-hook";
import { authStore } from "@/lib/session";
import { chatQuery } from "./chat-queries";
import { chatStore, useChatStore } from "./chat-store";
import { begin } from "./live-answer";
import { dropLive, patchLive, setLive } from "./live-store";
import { pageOf } from "./message-pages";
import { messagesQuery, seedMessages, settleTurn } from "./message-queries";
import { useUnsent } from "./unsent";

const message = (id: string, role: Message["role"], content: string, parent: string | null): Message => ({
  id,
  chat_id: "chat",
  parent_id: parent,
  client_id: null,
  role,
  content,
  status: "complete",
  timestamp: "2026-11-22T10:54:00.123Z",
  metadata: {},
  feedback: null,
  siblings: [id],
});

const turn = [message("m1", "user", "Why?", null), message("m2", "assistant", "Because.", "m1")];

afterEach(() => {
  queryClient.clear();
  dropLive("chat");
  vi.unstubAllGlobals();
});

test("a chat that nobody has read is empty", () => {
  expect(chatStore("chat")).toMatchObject({ currentChat: null, chats: [], messages: [], isLoading: false });
});

test("the messages are the stored ones, and the answer as far as it is written", () => {
  seedMessages("chat");
  settleTurn("chat", null, turn);
  const [question, answer] = [message("m3", "user", "And now?", "m2"), message("m4", "assistant", "", "m3")];
  setLive("chat", begin({ after: "m2", question, answer: { ...answer, status: "streaming" }, startedAt: 0 }));
  patchLive("chat", { text: "Now, too" });
  expect(chatStore("chat").messages.map(({ content }) => content)).toEqual([
    "Why?",
    "Because.",
    "And now?",
    "Now, too",
  ]);
});

test("chats are loaded into the cache that every list shows", async () => {
  const chat = { id: "chat", title: "Tides" } as Chat;
  const asked = vi.fn(async () =>
    Response.json({ success: true, data: { items: [chat], next_cursor: null } }),
  );
  vi.stubGlobal("fetch", asked);
  const loading = chatStore("chat").loadChats();
  expect(chatStore("chat").isLoading).toBe(true);
  await loading;
  queryClient.setQueryData(chatQuery("chat").queryKey, chat);
  expect(chatStore("chat")).toMatchObject({ chats: [chat], currentChat: chat, isLoading: false });
  expect(asked).toHaveBeenCalledOnce();
});

test("a question that is asked through the store waits as any other, below what the branch ends in", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  vi.stubGlobal("fetch", async () => Response.json({ success: true, data: { user: { id: "u1" } } }));
  await authStore().login({ email: "reader@example.com", password: "a long enough passphrase" });
  queryClient.setQueryData(chatQuery("chat").queryKey, { id: "chat", current_message_id: "m9" } as Chat);
  queryClient.setQueryData(messagesQuery("chat").queryKey, {
    pages: [{ ...pageOf(turn), prev_cursor: "further down" }],
    pageParams: [{ around: "m1" }],
  });
  await chatStore("chat").sendMessage("And now?");
  await chatStore("chat").sendMessage("And then?");
  expect(useUnsent.getState().questions).toMatchObject([
    { content: "And now?", parentId: "m9" },
    { content: "And then?" },
  ]);
  expect(useUnsent.getState().questions[1]?.parentId).toBeUndefined();
});

test("who uses the store sees what is loaded, what is settled and what is being written", async () => {
  const chat = { id: "chat", title: "Tides" } as Chat;
  vi.stubGlobal("fetch", async () =>
    Response.json({ success: true, data: { items: [chat], next_cursor: null } }),
  );
  seedMessages("chat");
  queryClient.setQueryData(chatQuery("chat").queryKey, chat);
  const used = runHook(useChatStore, "chat", (caller) =>
    createElement(QueryClientProvider, { client: queryClient }, caller),
  );
  expect(used.result).toMatchObject({ currentChat: chat, chats: [], messages: [] });
  const soon = (look: () => void) => vi.waitFor(() => act(async () => look()));
  await soon(() => expect(used.result).toMatchObject({ chats: [chat], isLoading: false }));
  act(() => settleTurn("chat", null, turn));
  await soon(() => expect(used.result.messages).toEqual(turn));
  const [question, answer] = [message("m3", "user", "And now?", "m2"), message("m4", "assistant", "", "m3")];
  act(() => setLive("chat", begin({ after: "m2", question, answer, startedAt: 0 })));
  act(() => patchLive("chat", { text: "Now, too" }));
  expect(used.result.messages.at(-1)?.content).toBe("Now, too");
  used.end();
});
