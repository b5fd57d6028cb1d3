import { expect, test } from "vitest";
import { readFrame } from "./live-frames";

const read = (frame: object) => readFrame(JSON.stringify(frame));

test("an answer's event says which answer it is of", () => {
  const frame = { type: "delta", chat_id: "c", message_id: "m", id: 7, text: "Hel" };
  expect(read(frame)).toEqual({ kind: "answer", chatId: "c", messageId: "m", event: frame });
});

test("an answer's error is told apart from the refusal of a frame", () => {
  const failed = {
    type: "error",
    chat_id: "c",
    message_id: "m",
    id: 9,
    code: "AI_PROVIDER_ERROR",
    message: "No.",
  };
  expect(read(failed)).toMatchObject({
    kind: "answer",
    messageId: "m",
    event: { type: "error", message: "No." },
  });
  expect(read({ type: "error", code: "NOT_FOUND", message: "There is no such chat." })).toEqual({
    kind: "refused",
    code: "NOT_FOUND",
    message: "There is no such chat.",
  });
});

test("news of a chat carries the chat", () => {
  const chat = { id: "c", title: "Tides" };
  expect(read({ type: "chat.updated", chat })).toEqual({ kind: "chat", change: "updated", chat });
  expect(read({ type: "chat.deleted", chat: { id: "c" } })).toMatchObject({ change: "deleted" });
});

test("greeting and gap are known, and what is not known is passed over", () => {
  expect(read({ type: "ready" })).toEqual({ kind: "ready" });
  expect(read({ type: "resync" })).toEqual({ kind: "resync" });
  expect(read({ type: "typing", chat_id: "c" })).toEqual({ kind: "typing", chatId: "c" });
  expect(read({ type: "whispering", chat_id: "c" })).toBeNull();
  expect(read({ type: "chat.archived", chat: { id: "c" } })).toBeNull();
});
