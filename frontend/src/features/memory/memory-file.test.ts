import { expect, test } from "vitest";
import { memoriesIn } from "./memory-file";

test("of an account's export the memories alone are sent", () => {
  const memory = { content: "I live in Lyon.", kind: "fact", status: "active" };
  const file = {
    exported_at: "2026-11-23T10:00:00.000Z",
    chats: ["x".repeat(3_000_000)],
    memories: [{ memory, history: [{ event: "ADD", new: "I live in Lyon." }] }],
  };
  expect(memoriesIn(file)).toEqual([memory]);
});

test("any other list is sent as it is", () => {
  const mem0 = { results: [{ memory: "I live in Lyon." }] };
  expect(memoriesIn(mem0)).toBe(mem0);
  expect(memoriesIn({ memories: [{ content: "I live in Lyon." }] })).toEqual([
    { content: "I live in Lyon." },
  ]);
  expect(memoriesIn([])).toEqual([]);
  expect(memoriesIn(null)).toBeNull();
});
