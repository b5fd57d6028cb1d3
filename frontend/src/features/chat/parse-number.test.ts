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

test.each([
  ["20", 20],
  ["4,000", 4_000],
  ["4.000", 4_000],
  ["1 000 000", 1_000_000],
  ["1\u202f000", 1_000],
  ["1'000", 1_000],
  ["20,5", undefined],
  ["4,00", undefined],
  ["4.0", undefined],
  ["1,000.000", undefined],
  ["1,0000", undefined],
  ["0,000", undefined],
])("%j is %s where numbers are whole", (text, value) => {
  expect(parseNumber(text, { least: 1, most: 1_000_000, whole: true })).toBe(value);
});
