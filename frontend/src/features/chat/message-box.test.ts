import { expect, test } from "vitest";
import { boxWith, withGiven, withRemarks } from "./message-box";

test("what is given goes below what was typed", () => {
  expect(withGiven(boxWith("Look at this:"), "notes.txt")).toEqual(boxWith("Look at this:\n\nnotes.txt"));
  expect(withGiven(boxWith(" \n"), "notes.txt", { pasted: 9 })).toEqual(boxWith("notes.txt", { pasted: 9 }));
});

test("what was recalled and not changed makes room for it", () => {
  expect(withGiven(boxWith("An earlier question", {}, 2), "notes.txt")).toEqual(boxWith("notes.txt"));
});

test("remarks leave the text as it is, and take the place of those before", () => {
  const box = withRemarks(boxWith("typed", { pasted: 9 }, 1), { refused: ["photo.png"] });
  expect(box).toEqual(boxWith("typed", { refused: ["photo.png"] }, 1));
});
