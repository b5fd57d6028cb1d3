import { expect, test } from "vitest";
import { completed } from "./half-written";

test.each([
  ["**bold", "**bold**"],
  ["**bold and *it", "**bold and *it***"],
  ["**bold *it* an", "**bold *it* an**"],
  ["*it and **bold", "*it and **bold***"],
  ["~~a **b", "~~a **b**~~"],
  ["__a", "__a__"],
  ["a `co", "a `co`"],
  ["**a `co", "**a `co`**"],
  ["``a `b", "``a `b``"],
  ["done **b** and *c* and `d`", "done **b** and *c* and `d`"],
  ["the last word **and ", "the last word **and**"],
])("what is open is closed, from the inside: %j", (half, whole) => {
  expect(completed(half)).toBe(whole);
});

test.each([
  "1 * 2 and 3 ** 4",
  "a_b and c_d",
  "- one\n- two",
  "an \\*escaped star",
  "`a * b` is code",
  "what follows **",
  "an earlier * star\n\nand a paragraph",
  "- *a b\n- c",
])("what opens nothing is left alone: %j", (text) => {
  expect(completed(text)).toBe(text);
});

test.each([
  ["see [the page](http://exa", "see the page"],
  ["see [**the pa", "see **the pa**"],
])("a link is its text until its address is whole: %j", (half, whole) => {
  expect(completed(half)).toBe(whole);
});

test("a formula that is open is its source, whatever Markdown makes of its signs", () => {
  expect(completed("so \\[ a_1 * b")).toBe("so &#92;&#91; a&#95;1 &#42; b");
  expect(completed("so \\( a + ")).toBe("so &#92;&#40; a &#43;");
  expect(completed("so \\(a\\) and \\[b\\] and `\\(c`")).toBe("so \\(a\\) and \\[b\\] and `\\(c`");
});
