import { expect, test } from "vitest";
import { isNearTheEnd, lengthOf, longestMessage } from "./message-length";

test("a character of two units counts once, as on the server", () => {
  expect(lengthOf("🌊".repeat(60_000))).toBe(60_000);
  expect(lengthOf("a".repeat(longestMessage + 1))).toBe(longestMessage + 1);
});

test("half of a pair is a character", () => {
  expect(lengthOf("\ud83c".repeat(100_000))).toBe(100_000);
});

test("the count is told when it begins to matter", () => {
  expect(isNearTheEnd(90_000)).toBe(false);
  expect(isNearTheEnd(90_001)).toBe(true);
});
