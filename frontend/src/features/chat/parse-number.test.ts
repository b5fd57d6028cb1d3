import { expect, test } from "vitest";
import { parseNumber } from "./parse-number";

test.each([
  ["0.7", 0.7],
  [" 0,7 ", 0.7],
  ["2", 2],
  ["0", 0],
  ["", null],
  ["  ", null],
  ["2.1", undefined],
  ["-1", undefined],
  ["1e0", undefined],
  ["warm", undefined],
  ["1.", undefined],
])("%j is %s as a temperature", (text, value) => {
  expect(parseNumber(text, { least: 0, most: 2 })).toBe(value);
});

test("a whole number has no fraction", () => {
  expect(parseNumber("20", { least: 1, most: 100, whole: true })).toBe(20);
  expect(parseNumber("20,5", { least: 1, most: 100, whole: true })).toBeUndefined();
});
