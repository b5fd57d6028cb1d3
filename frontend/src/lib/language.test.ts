import { expect, test } from "vitest";
import { formatsOf, languageOf, offeredLanguages } from "./language";

test.each([
  [null, ["de-AT", "en"], "de"],
  ["system", ["fr-FR", "de"], "de"],
  ["system", ["en-GB", "de"], "en"],
  ["system", ["ja"], "en"],
  ["system", ["ar"], "en"],
  ["en", ["de"], "en"],
  ["de", ["en"], "de"],
  ["tlh", ["de"], "de"],
])("who chose %s in a browser for %s reads %s", (choice, browsers, language) => {
  expect(languageOf(choice, browsers)).toBe(language);
});

test("dates are those of the browser's country where it speaks the language", () => {
  expect(formatsOf("de", ["de-CH", "en-GB", "de"])).toEqual(["de-CH", "de", "de"]);
  expect(formatsOf("de", ["en-GB"])).toEqual(["de"]);
});

test("a language for trying out is not offered", () => {
  expect(offeredLanguages.map(({ code }) => code)).toEqual(["en", "de"]);
});
