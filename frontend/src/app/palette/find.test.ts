import { expect, test } from "vitest";
import { find } from "./find";

const items = [
  { label: "New chat", keywords: "begin ask" },
  { label: "Delete chat" },
  { label: "Größe und Übersicht" },
  { label: "Begin again" },
];

test.each([
  ["", ["New chat", "Delete chat", "Größe und Übersicht", "Begin again"]],
  ["chat", ["New chat", "Delete chat"]],
  ["ch del", ["Delete chat"]],
  ["hat", []],
  ["ubers", ["Größe und Übersicht"]],
  ["beg", ["Begin again", "New chat"]],
])("%s finds %s", (query, labels) => {
  expect(find(items, query).map(({ label }) => label)).toEqual(labels);
});
