import { beforeEach, expect, test } from "vitest";
import { MemoryStorage } from "@/lib/memory-storage";
import { Outbox, type Question } from "./outbox";

const question: Question = {
  clientId: "c1",
  conversation: "conversation",
  chatId: "chat",
  parentId: undefined,
  content: "Why?",
  opening: { settings: {}, is_temporary: false },
};

let now: number;
let shared: MemoryStorage;
const outboxOf = (tab: string) => new Outbox(shared, "outbox", tab, () => now);
const idsOf = (outbox: Outbox) => outbox.own().map(({ clientId }) => clientId);

beforeEach(() => {
  now = 1_000_000;
  shared = new MemoryStorage();
});

test("a question waits for its tab after a reload", () => {
  outboxOf("one").put(question);
  expect(outboxOf("one").own()).toMatchObject([{ clientId: "c1", content: "Why?" }]);
});

test("questions stand in the order in which they were asked, however fast", () => {
  const outbox = outboxOf("one");
  for (const clientId of ["c3", "c1", "c2"]) outbox.put({ ...question, clientId });
  expect(idsOf(outbox)).toEqual(["c3", "c1", "c2"]);
  outbox.put({ ...question, clientId: "c3", refusal: { code: "CHAT_BUSY", sentence: "Wait." } });
  expect(idsOf(outbox)).toEqual(["c3", "c1", "c2"]);
});

test("another tab leaves it alone for as long as its own is there, and then takes it over", () => {
  const [one, two] = [outboxOf("one"), outboxOf("two")];
  one.put(question);
  now += 120_000;
  one.stay();
  now += 149_000;
  expect(idsOf(two)).toEqual([]);
  now += 2_000;
  expect(idsOf(two)).toEqual(["c1"]);
});

test("what a tab leaves behind is anybody's at once, and the tab's own when it comes back", () => {
  outboxOf("one").put(question);
  outboxOf("one").leave();
  expect(idsOf(outboxOf("two"))).toEqual(["c1"]);
  expect(idsOf(outboxOf("one"))).toEqual(["c1"]);
});

test("where the browser knows which tabs are there, a tab that is gone is gone at once", () => {
  outboxOf("one").put(question);
  const idsWith = (...present: string[]) =>
    outboxOf("two")
      .own({ tabs: new Set(present), at: now })
      .map((one) => one.clientId);
  expect(idsWith("two", "one")).toEqual([]);
  expect(idsWith("two"), "counted before it came").toEqual([]);
  now += 1_000_000;
  expect(idsWith("two", "one")).toEqual([]);
  expect(idsWith("two")).toEqual(["c1"]);
});

test("what two tabs write at the same time is both kept", () => {
  const [one, two] = [outboxOf("one"), outboxOf("two")];
  one.put(question);
  two.put({ ...question, clientId: "c2" });
  one.remove("c1");
  expect(outboxOf("three").all()).toMatchObject([{ clientId: "c2" }]);
});

test("all questions of a new chat learn its id together", () => {
  const outbox = outboxOf("one");
  outbox.put({ ...question, chatId: null });
  outbox.put({ ...question, clientId: "c2", chatId: null });
  outbox.put({ ...question, clientId: "c3", conversation: "other", chatId: null });
  outbox.nameChat("conversation", "chat");
  outbox.put({ ...question, clientId: "c4" });
  expect(outbox.own().map(({ chatId, isNew }) => [chatId, isNew])).toEqual([
    ["chat", true],
    ["chat", true],
    [null, true],
    ["chat", false],
  ]);
});

test("an acknowledged question leaves nothing behind", () => {
  const outbox = outboxOf("one");
  outbox.put(question);
  outbox.remove("c1");
  expect(shared.entries.size).toBe(0);
});

test("what cannot be read counts as empty, and hides nothing else", () => {
  shared.setItem("outbox.broken", "{not json");
  shared.setItem("outbox", "[]");
  outboxOf("one").put(question);
  expect(idsOf(outboxOf("one"))).toEqual(["c1"]);
});
