import { expect, test } from "vitest";
import { conversationRows } from "./conversation-rows";
import { begin } from "./live-answer";
import { pageOf, withTurn } from "./message-pages";
import { sampleMessage } from "./sample-message";

const q1 = sampleMessage({ id: "q1", client_id: "k1" });
const a1 = sampleMessage({ id: "a1", parent_id: "q1", role: "assistant" });
const typed = sampleMessage({ id: "k2", client_id: "k2", parent_id: "a1" });
const q2 = sampleMessage({ id: "q2", client_id: "k2", parent_id: "a1" });
const a2 = sampleMessage({ id: "a2", parent_id: "q2", role: "assistant", status: "streaming" });
const finished = { ...a2, status: "complete" as const };

const sending = begin({ after: "a1", question: typed, startedAt: 0 });
const answering = { ...sending, question: q2, answer: a2 };
const keys = (...parameters: Parameters<typeof conversationRows>) =>
  conversationRows(...parameters).map(({ key, live }) => (live ? `${key}*` : key));

test("a typed question stands at the end at once", () => {
  expect(keys([q1, a1], sending)).toEqual(["k1", "a1", "k2*"]);
});

test("the list is the same in every order in which the stored messages and the live turn change", () => {
  expect(keys([q1, a1], answering)).toEqual(["k1", "a1", "k2*", "a2*"]);
  expect(keys([q1, a1, q2, a2], answering)).toEqual(["k1", "a1", "k2*", "a2*"]);
  expect(keys([q1, a1, q2, finished], answering)).toEqual(["k1", "a1", "k2", "a2"]);
  expect(keys([q1, a1, q2, finished], undefined)).toEqual(["k1", "a1", "k2", "a2"]);
});

test("an edited first question replaces the branch below the root", () => {
  expect(keys([q1, a1], begin({ after: null, question: typed, startedAt: 0 }))).toEqual(["k2*"]);
});

test("another answer to a question takes the old one's place", () => {
  expect(keys([q1, a1], begin({ after: "q1", question: null, startedAt: 0 }))).toEqual(["k1"]);
});

test("a turn whose parent is not loaded stands at the end, once", () => {
  expect(keys([q2, a2], { ...answering, after: "gone" })).toEqual(["k2*", "a2*"]);
});

test("a turn that hangs below what is held is out of sight, but for the moment in which it is asked", () => {
  const elsewhere = { ...answering, after: "gone", phase: "open" as const };
  expect(keys([q1, a1], elsewhere, false)).toEqual(["k1", "a1"]);
  expect(keys([q1, a1], { ...sending, after: "gone" }, false)).toEqual(["k1", "a1", "k2*"]);
  expect(keys([q1, a1], answering, false)).toEqual(["k1", "a1", "k2*", "a2*"]);
});

const page = (...items: (typeof q1)[]) => pageOf(items);

test("a finished turn is added below its parent", () => {
  expect(withTurn([page(q1, a1)], "a1", [q2, finished])).toEqual([page(q1, a1, q2, finished)]);
});

test("a finished turn replaces what stood below its parent, newer pages too", () => {
  const older = { ...page(q1, a1), next_cursor: "older" };
  expect(withTurn([page(q2, a2), older], "q1", [a1])).toEqual([{ ...page(q1, a1), next_cursor: "older" }]);
});

test("a finished turn that hangs below what is held comes with its page", () => {
  const above = { ...page(q1, a1), prev_cursor: "newer" };
  expect(withTurn([above], "gone", [q2, finished])).toEqual([above]);
  expect(withTurn([above], "a1", [q2, finished])).toEqual([page(q1, a1, q2, finished)]);
});

test("a new root leaves nothing of the old branch", () => {
  expect(withTurn([page(q1, a1)], null, [q2, finished])).toEqual([page(q2, finished)]);
});
