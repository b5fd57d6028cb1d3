import { expect, test } from "vitest";
import type { AnswerEvent } from "@/api/answer-events";
import { apply, begin } from "./live-answer";
import { sampleMessage } from "./sample-message";

const typed = sampleMessage({ id: "local", client_id: "local", content: "Why?" });
const question = sampleMessage({ id: "q", client_id: "local", content: "Why?" });
const answer = sampleMessage({ id: "a", parent_id: "q", role: "assistant", status: "streaming" });

const start: AnswerEvent = { id: 1, type: "start", user_message: question, assistant_message: answer };
const asked = () => begin({ after: null, question: typed, startedAt: 0 });
const after = (...events: AnswerEvent[]) => events.reduce(apply, asked());

test("deltas follow each other", () => {
  const live = after(start, { id: 2, type: "delta", text: "Be" }, { id: 5, type: "delta", text: "cause" });
  expect(live).toMatchObject({ text: "Because", question, answer, lastId: 5, phase: "open" });
});

test("an event that was seen before the line was lost changes nothing", () => {
  const seen = after(start, { id: 2, type: "delta", text: "Be" });
  expect(apply(seen, { id: 2, type: "delta", text: "Be" })).toBe(seen);
  expect(apply(seen, start)).toBe(seen);
});

test("a reset voids the text and the thinking, and what follows is shown at once", () => {
  const live = after(
    start,
    { id: 2, type: "reasoning", text: "Hm" },
    { id: 3, type: "delta", text: "Wrong" },
    { id: 4_294_967_297, type: "reset" },
    { id: 4_294_967_298, type: "delta", text: "Right" },
  );
  expect(live).toMatchObject({ text: "Right", reasoning: "", catchUp: true });
});

test("what a reset made void stands until something takes its place", () => {
  const reset = { id: 4_294_967_297, type: "reset" } as const;
  const voided = after(start, { id: 2, type: "delta", text: "Wrong" }, reset);
  expect(voided).toMatchObject({ text: "", voided: "Wrong" });
  expect(apply(voided, { ...reset, id: 8_589_934_593 })).toMatchObject({ voided: "Wrong" });
  expect(apply(voided, { id: 4_294_967_298, type: "delta", text: "R" })).toMatchObject({ voided: "" });
  const failure = { code: "AI_PROVIDER_ERROR", message: "No.", message_id: "a" };
  expect(apply(voided, { id: 4_294_967_298, type: "error", ...failure })).toMatchObject({ voided: "" });
});

test("the final message is the truth about the text", () => {
  const message = { ...answer, status: "complete" as const, content: "Because." };
  const live = after(start, { id: 2, type: "delta", text: "Because" }, { id: 3, type: "done", message });
  expect(live).toMatchObject({ phase: "ended", text: "Because.", answer: message, failure: null });
});

test("a failure keeps the text and says why", () => {
  const live = after(
    start,
    { id: 2, type: "delta", text: "Half" },
    { id: 3, type: "error", code: "AI_PROVIDER_TIMEOUT", message: "Too late.", message_id: "a" },
  );
  expect(live.phase).toBe("ended");
  expect(live.failure).toEqual({ code: "AI_PROVIDER_TIMEOUT", sentence: "Too late." });
  expect(live.answer).toMatchObject({
    status: "failed",
    content: "Half",
    metadata: { error: { code: "AI_PROVIDER_TIMEOUT" } },
  });
});

test("an answer that is joined has no question to show, and replaces what was stored of it", () => {
  const joined = begin({ after: "q", question: null, answer: { ...answer, content: "Bec" }, startedAt: 0 });
  expect(joined).toMatchObject({ text: "Bec", shown: 3, catchUp: true });
  const live = [start, { id: 2, type: "delta", text: "Because" } as const].reduce<typeof joined>(
    apply,
    joined,
  );
  expect(live).toMatchObject({ text: "Because", question: null });
});

const thought: AnswerEvent = { id: 3, type: "reasoning", text: "Hm" };
const word: AnswerEvent = { id: 7, type: "delta", text: "So" };
const joinedAt = Date.parse(answer.timestamp) + 60_000;
const joined = (millis?: number) => {
  const begun = { ...answer, metadata: millis === undefined ? {} : { reasoning_millis: millis } };
  const empty = begin({ after: "q", question: null, answer, startedAt: 0 });
  return apply(empty, { ...start, assistant_message: begun }, joinedAt);
};

test("the time of a thought is that from its begin to the first word", () => {
  const thinking = apply(apply(asked(), start, 1_000), thought, 5_000);
  expect(thinking).toMatchObject({ thinkingSince: 5_000, thoughtMillis: null });
  const written = apply(thinking, word, 44_000);
  expect(written.thoughtMillis).toBe(39_000);
  expect(apply(written, { ...word, id: 9 }, 90_000).thoughtMillis).toBe(39_000);
});

test("who joins after the thought is told how long it took, or nothing", () => {
  const known = apply(apply(joined(39_000), thought, joinedAt), word, joinedAt + 5);
  expect(known.thoughtMillis).toBe(39_000);
  const unknown = apply(apply(joined(), thought, joinedAt), word, joinedAt + 5);
  expect(unknown.thoughtMillis).toBeNull();
  expect(apply(unknown, { ...word, id: 9 }, joinedAt + 9_000).thoughtMillis).toBeNull();
});

test("who joins during the thought sees it go on from where it is", () => {
  const known = apply(joined(39_000), thought, joinedAt);
  expect(known.thinkingSince).toBe(joinedAt - 39_000);
  expect(apply(known, word, joinedAt + 6_000).thoughtMillis).toBe(45_000);
  expect(apply(joined(), thought, joinedAt).thinkingSince).toBe(Date.parse(answer.timestamp));
});

test("what was thought before a reset does not count", () => {
  const reset: AnswerEvent = { id: 4_294_967_297, type: "reset" };
  const anew = apply(apply(apply(joined(39_000), thought, joinedAt), word, joinedAt), reset, joinedAt);
  expect(anew).toMatchObject({ thinkingSince: null, thoughtMillis: null, answer: { metadata: {} } });
  expect(anew.answer?.metadata.reasoning_millis).toBeUndefined();
});
