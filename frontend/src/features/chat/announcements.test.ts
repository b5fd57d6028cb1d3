import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcements, restMillis } from "./announcements";
import { begin, type LiveAnswer } from "./live-answer";
import { sampleMessage } from "./sample-message";

const words = {
  code: "Program",
  formula: "formula",
  complete: "Complete.",
  stopped: "Stopped.",
  more: "And more.",
};
let said: string[];
let announcements: Announcements;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  announcements = new Announcements(words, (sentences) => said.push(sentences), Date.now);
});
afterEach(() => {
  announcements.close();
  vi.useRealTimers();
});

const answer = sampleMessage({ id: "a", role: "assistant", status: "streaming" });
const live = (text: string, change: Partial<LiveAnswer> = {}): LiveAnswer => ({
  ...begin({ after: null, question: null, startedAt: 0 }),
  answer,
  phase: "open",
  text,
  ...change,
});
const ended = (text: string, status: "complete" | "stopped" | "failed") =>
  live(text, { phase: "ended", answer: { ...answer, status, content: text } });

test("whole sentences are told, at most every three seconds, and each once", () => {
  announcements.hear(live("The sea ri"));
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual([]);
  announcements.hear(live("The sea rises. It "));
  vi.advanceTimersByTime(0);
  expect(said).toEqual(["The sea rises."]);
  announcements.hear(live("The sea rises. It falls. Then "));
  vi.advanceTimersByTime(restMillis - 1);
  expect(said).toHaveLength(1);
  announcements.hear(live("The sea rises. It falls. Then it rests. And so"));
  vi.advanceTimersByTime(1);
  expect(said).toEqual(["The sea rises.", "It falls. Then it rests."]);
  announcements.hear(ended("The sea rises. It falls. Then it rests. And so on", "complete"));
  vi.advanceTimersByTime(restMillis);
  expect(said.slice(2)).toEqual(["And so on Complete."]);
  announcements.hear(ended("The sea rises. It falls. Then it rests. And so on", "complete"));
  vi.advanceTimersByTime(60_000);
  expect(said).toHaveLength(3);
});

test("a stopped answer says so, and a failed one leaves that to what stands in its place", () => {
  announcements.hear(ended("The sea", "stopped"));
  vi.advanceTimersByTime(restMillis);
  announcements.hear({ ...ended("It br", "failed"), answer: { ...answer, id: "b", status: "failed" } });
  vi.advanceTimersByTime(restMillis);
  expect(said).toEqual(["The sea Stopped.", "It br"]);
});

test("who comes to half an answer is told the other half", () => {
  announcements.hear(live("", { catchUp: true }));
  announcements.hear(live("One. Two. ", { catchUp: true }));
  announcements.hear(live("One. Two. "));
  vi.advanceTimersByTime(restMillis);
  announcements.hear(live("One. Two. Three. "));
  vi.advanceTimersByTime(restMillis);
  expect(said).toEqual(["Three."]);
});

test("an answer that is begun anew is told anew", () => {
  announcements.hear(live("One. Two. "));
  vi.advanceTimersByTime(restMillis);
  announcements.hear(live("", { catchUp: true }));
  announcements.hear(live("Uno. ", { catchUp: false }));
  vi.advanceTimersByTime(restMillis);
  expect(said).toEqual(["One. Two.", "Uno."]);
});

test("of very much at once the beginning is told, in whole sentences", () => {
  const sentences = Array.from({ length: 5_000 }, (_, line) => `Line ${line} tells of tides.`);
  announcements.hear(live(`${sentences.join("\n")}\n`));
  vi.advanceTimersByTime(restMillis);
  announcements.hear(ended(`${sentences.join("\n")}\nThe end.`, "complete"));
  vi.advanceTimersByTime(restMillis);
  expect(said[0]).toMatch(/^Line 0 tells of tides\. Line 1 .* tells of tides\. And more\.$/);
  expect(said[0]?.length).toBeLessThan(1_100);
  expect(said.slice(1)).toEqual(["The end. Complete."]);
  announcements.hear(live("word ".repeat(5_000), { answer: { ...answer, id: "b" } }));
  announcements.hear({
    ...ended("word ".repeat(5_000), "complete"),
    answer: { ...answer, id: "b", status: "complete" },
  });
  vi.advanceTimersByTime(restMillis);
  expect(said[2]).toMatch(/^word .* word And more\. Complete\.$/);
  expect(said[2]?.length).toBeLessThan(1_100);
});

test("a text that grows with each frame is not read again with each", () => {
  let reads = 0;
  const open = `${"It goes on ".repeat(50)}`;
  for (let frame = 0; frame < 60; frame++) {
    const text = `${open}${"and on ".repeat(frame)}`;
    const watched = live(text);
    announcements.hear(watched);
    const timers = vi.getTimerCount();
    vi.advanceTimersByTime(16);
    if (vi.getTimerCount() < timers) reads += 1;
  }
  expect(said).toEqual([]);
  expect(reads).toBeLessThanOrEqual(5);
});
