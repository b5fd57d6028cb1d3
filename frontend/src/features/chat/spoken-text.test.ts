import { expect, test } from "vitest";
import { sayable, spoken } from "./spoken-text";

const words = { code: "Program", formula: "formula" };

test.each([
  ["The sea rises. It fal", "The sea rises."],
  ["Pi is 3.14", ""],
  ["Pi is 3.14 or so. And", "Pi is 3.14 or so."],
  ["She said “no.” Then", "She said “no.”"],
  ["# A heading\nA senten", "# A heading\n"],
  ["海が上がる。海が", "海が上がる。"],
  ["Like so:\n\n```js\nconst a = 1;\nlet", "Like so:\n\n"],
  ["```js\nconst a = 1;\nlet", ""],
  ["```js\nconst a = 1;\n```\nAnd", "```js\nconst a = 1;\n```\n"],
])("of %j, what can be said is %j", (text, said) => {
  expect(text.slice(0, sayable(text, 0))).toBe(said);
});

test("what was said before is not said again", () => {
  const text = "One. Two. Three";
  expect(text.slice(4, sayable(text, 4))).toBe(" Two.");
  expect(sayable(text, 9)).toBe(9);
});

test.each([
  ["**Bold** and `code`, see [the tables](https://example.com/a_b).", "Bold and code, see the tables."],
  ["# Tides\n\n- one\n- two\n\n1. three", "Tides one two three"],
  ["So:\n\n```js\nconst a = 1;\n```\n\nDone.", "So: Program. Done."],
  ["```js\nconst a", "Program."],
  ["It is $$\nx^2\n$$ and \\(y\\).", "It is formula and formula."],
  ["| Day | Tide |\n| --- | ---: |\n| Monday | high |", "Day, Tide. Monday, high."],
  ["> so it is\n\nsnake_case stays", "so it is snake_case stays"],
])("%j is read as %j", (markdown, read) => {
  expect(spoken(markdown, words)).toBe(read);
});
