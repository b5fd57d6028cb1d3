import { expect, test } from "vitest";
import { MemoryStorage } from "@/lib/memory-storage";
import { Drafts } from "./drafts";
import { Outbox } from "./outbox";

const question = {
  clientId: "c1",
  conversation: "conversation",
  chatId: "chat",
  parentId: undefined,
  content: "Why?",
  opening: { settings: {}, is_temporary: false },
};

let now = 1_000;
const storage = () => new MemoryStorage();
const outboxOf = (shared: MemoryStorage, tab: string) => new Outbox(shared, "outbox", tab, () => now);

test("a question waits for its tab after a reload", () => {
  const shared = storage();
  outboxOf(shared, "one").put(question);
  expect(outboxOf(shared, "one").waiting("chat")).toMatchObject({ clientId: "c1", content: "Why?" });
  expect(outboxOf(shared, "one").waiting("another")).toBeUndefined();
});

test("another tab leaves it alone for a minute, and then takes it over", () => {
  const shared = storage();
  outboxOf(shared, "one").put(question);
  expect(outboxOf(shared, "two").waiting("chat")).toBeUndefined();
  now += 60_001;
  expect(outboxOf(shared, "two").waiting("chat")?.clientId).toBe("c1");
});

test("a question that learns its chat is the same question", () => {
  const outbox = outboxOf(storage(), "one");
  outbox.put({ ...question, chatId: null });
  expect(outbox.waiting(null)).toMatchObject({ clientId: "c1", chatId: null });
  outbox.put(question);
  expect(outbox.waiting("chat")?.clientId).toBe("c1");
  expect(outbox.waiting(null)).toMatchObject({ clientId: "c1", chatId: "chat" });
  expect(outbox.all()).toHaveLength(1);
});

test("a question in an old chat does not call anybody to it from a new one", () => {
  const outbox = outboxOf(storage(), "one");
  outbox.put({ ...question, conversation: "chat" });
  expect(outbox.waiting(null)).toBeUndefined();
});

test("an acknowledged question leaves nothing behind", () => {
  const shared = storage();
  const outbox = outboxOf(shared, "one");
  outbox.put(question);
  outbox.remove("c1");
  expect(shared.entries.size).toBe(0);
});

test("what cannot be read counts as empty", () => {
  const shared = storage();
  shared.setItem("outbox", "{not json");
  expect(outboxOf(shared, "one").all()).toEqual([]);
});

test("each chat has a draft of its own, and an emptied one is gone", () => {
  const shared = storage();
  const drafts = new Drafts(shared, "draft");
  drafts.write("chat", "half a thou");
  drafts.write(undefined, "another");
  expect(new Drafts(shared, "draft").read("chat")).toBe("half a thou");
  expect(drafts.read(undefined)).toBe("another");
  drafts.write("chat", "  \n");
  expect(drafts.read("chat")).toBe("");
  expect(shared.entries.size).toBe(1);
});
