import { expect, test } from "vitest";
import { plotPath, plotTop } from "./plot-path";

test("a line goes from the left edge to the right, upwards", () => {
  expect(plotPath([0, 5, 10], 10)).toBe("M0 100L50 50L100 0");
});

test("where there is nothing to tell it has a gap, and what stands alone is a dot", () => {
  expect(plotPath([4, 2, null, 1, null], 4)).toBe("M0 0L25 50M75 75h0.01");
});

test("nothing at all is a line at the bottom", () => {
  expect(plotPath([0, 0], plotTop([0, 0]))).toBe("M0 100L100 100");
  expect(plotPath([], 1)).toBe("");
});

test("the top is a number that is easy to read", () => {
  expect([0, 1, 3, 21, 26, 99, 1_001].map((most) => plotTop([most, null]))).toEqual([
    1, 1, 5, 25, 50, 100, 2_000,
  ]);
  expect(plotTop([0.00031])).toBe(0.0005);
  expect(plotTop([0.3])).toBe(0.5);
});
