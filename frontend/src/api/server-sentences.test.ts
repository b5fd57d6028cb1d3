import { afterEach, expect, test } from "vitest";
import { inOwnWords, tellInOtherWords } from "./server-sentences";

afterEach(() => tellInOtherWords({}));

test.each([
  ["The server is stopping.", "Der Server wird beendet."],
  ["Try again in 5 seconds (really).", "In 5 Sekunden wieder (wirklich)."],
  ["From 8 to 128.", "Von 8 bis 128."],
  ["A sentence nobody knows.", "A sentence nobody knows."],
  ["Fry again in 5 seconds (really).", "Fry again in 5 seconds (really)."],
])("%s is told as %s", (sentence, told) => {
  tellInOtherWords({
    "The server is stopping.": "Der Server wird beendet.",
    "Try again in * seconds (really).": "In * Sekunden wieder (wirklich).",
    "From * to *.": "Von * bis *.",
  });
  expect(inOwnWords(sentence)).toBe(told);
});
