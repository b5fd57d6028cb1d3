import { expect, test } from "vitest";
import { inGroups } from "./in-groups";

test("the groups are the list, in its order", () => {
  expect(inGroups(["a", "b", "c", "d", "e"], 2)).toEqual([
    { items: ["a", "b"], from: 0 },
    { items: ["c", "d"], from: 2 },
    { items: ["e"], from: 4 },
  ]);
  expect(inGroups([], 2)).toEqual([]);
});

test("a group of which nothing changed is the same object", () => {
  const before = inGroups(["a", "b", "c", "d", "e"], 2);
  const longer = inGroups(["a", "b", "c", "x", "e", "f", "g"], 2, before);
  expect(longer.map(({ items }) => items.join(""))).toEqual(["ab", "cx", "ef", "g"]);
  expect(longer.map((group, index) => group === before[index])).toEqual([true, false, false, false]);
  const shorter = inGroups(["a", "b", "c"], 2, before);
  expect(shorter.map(({ items }) => items.join(""))).toEqual(["ab", "c"]);
  expect(shorter[0]).toBe(before[0]);
});
