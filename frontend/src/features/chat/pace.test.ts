import { expect, test } from "vitest";
import { advanced, arrived, type Pace, shownText } from "./pace";

const frame = 16;

test("a lump is shown evenly, and whole within 120 ms", () => {
  let pace: Pace = arrived({ shown: 0, rate: 0 }, 600);
  const steps: number[] = [];
  for (let at = 0; at < 128; at += frame) {
    const next = advanced(pace, 600, frame);
    steps.push(next.shown - pace.shown);
    pace = next;
  }
  expect(pace).toEqual({ shown: 600, rate: 0 });
  expect(Math.max(...steps)).toBeLessThanOrEqual(600 / 7);
});

test("text that comes while other text waits is not later than 120 ms either", () => {
  let pace = arrived({ shown: 0, rate: 0 }, 100);
  pace = advanced(pace, 100, 100);
  pace = arrived(pace, 2_000);
  for (let at = 0; at < 128; at += frame) pace = advanced(pace, 2_000, frame);
  expect(pace.shown).toBe(2_000);
});

test("a text that became shorter is shown no further than its end", () => {
  expect(arrived({ shown: 50, rate: 1 }, 20).shown).toBe(20);
});

test("a character of two units is never cut", () => {
  const text = "ab🌍c";
  expect([0, 1, 2, 3, 4, 5].map((shown) => shownText(text, shown))).toEqual([
    "",
    "a",
    "ab",
    "ab",
    "ab🌍",
    text,
  ]);
});
