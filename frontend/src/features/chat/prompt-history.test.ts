import { expect, test } from "vitest";
import { recalledBy } from "./prompt-history";

test("from the empty box up to the oldest question, and back to the empty box", () => {
  const walk = ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"];
  const places: number[] = [];
  for (const key of walk) places.push(recalledBy(key, places.at(-1) ?? 0, 2) ?? -1);
  expect(places).toEqual([1, 2, 1, 0]);
});

test("above the oldest question there is none", () => {
  expect(recalledBy("ArrowUp", 2, 2)).toBe(2);
});

test("below the empty box, without questions, and for any other key, the key keeps its own meaning", () => {
  expect(recalledBy("ArrowDown", 0, 2)).toBeNull();
  expect(recalledBy("ArrowUp", 0, 0)).toBeNull();
  expect(recalledBy("Home", 1, 2)).toBeNull();
});
