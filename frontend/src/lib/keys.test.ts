import { expect, test } from "vitest";
import { labelOf, matches } from "./keys";

const press = (
  key: string,
  held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>>,
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

const palette = { mod: true, key: "k" };
const newChat = { mod: true, shift: true, key: "o" };
const help = { mod: true, key: "/" };

test.each([
  ["Control and K", press("k", { ctrlKey: true }), palette, false, true],
  ["Control and K with Caps Lock", press("K", { ctrlKey: true }), palette, false, true],
  ["Command and K", press("k", { metaKey: true }), palette, true, true],
  [
    "Control and K on a Mac, which deletes to the end of the line",
    press("k", { ctrlKey: true }),
    palette,
    true,
    false,
  ],
  ["K alone", press("k", {}), palette, false, false],
  ["Control, Shift and K", press("K", { ctrlKey: true, shiftKey: true }), palette, false, false],
  ["AltGr, which is Control and Alt", press("k", { ctrlKey: true, altKey: true }), palette, false, false],
  ["Control, Shift and O", press("O", { ctrlKey: true, shiftKey: true }), newChat, false, true],
  ["Control and a slash", press("/", { ctrlKey: true }), help, false, true],
  [
    "the same on a keyboard whose slash needs Shift",
    press("/", { ctrlKey: true, shiftKey: true }),
    help,
    false,
    true,
  ],
])("%s", (_, pressed, keys, apple, expected) => {
  expect(matches(pressed, keys, apple)).toBe(expected);
});

test("keys are called what stands on them", () => {
  expect(labelOf(newChat, false)).toEqual(["Ctrl", "Shift", "O"]);
  expect(labelOf(newChat, true)).toEqual(["⌘", "⇧", "O"]);
});
