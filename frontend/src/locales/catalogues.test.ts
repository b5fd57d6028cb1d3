import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sentences } from "./german-server";

type Catalogue = ReadonlyMap<string, string>;

function catalogue(name: string): Catalogue {
  const text = readFileSync(join(import.meta.dirname, `${name}.po`), "utf8");
  const entries = text.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)/gm);
  const joined = (lines = "") => (lines.match(/".*"/g) ?? []).map((line) => JSON.parse(line)).join("");
  return new Map([...entries].map(([, id, words]) => [joined(id), joined(words)] as const));
}

const english = catalogue("en");
const german = catalogue("de");
const sentencesOf = (one: Catalogue) => [...one].filter(([id]) => id !== "");

/// Names, tags and plurals: what the code fills in.
const holes = (text: string) => (text.match(/<\/?\d+\/?>|\{\w+/g) ?? []).sort();

test("every sentence has its German", () => {
  expect(english.size).toBeGreaterThan(100);
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  const missing = sentencesOf(german).filter(([, words]) => words === "");
  expect(missing.map(([id]) => id)).toEqual([]);
});

test("what a sentence leaves open, its German leaves open too", () => {
  for (const [id, words] of sentencesOf(german)) expect(holes(words), id).toEqual(holes(id));
});

test("the German is on familiar terms with its reader, everywhere", () => {
  const formal = /(?<![.:?!] )(?<!^)\b(?:Sie|Ihnen|Ihre?[nmrs]?)\b/m;
  for (const words of [...german.values(), ...Object.values(sentences)]) expect(words).not.toMatch(formal);
});

test("the sentences of the server that are told in German are ones that it says", () => {
  const server = join(import.meta.dirname, "../../../backend/src/main/java");
  const sources = readdirSync(server, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".java"))
    .map((file) => readFileSync(join(server, file), "utf8"))
    .join("\n")
    // A sentence may be broken over lines.
    .replace(/"\s*\+\s*"/g, "");
  const unsaid = Object.keys(sentences).filter(
    (sentence) =>
      !sentence.startsWith("There is no such ") &&
      !sentence.split(/\*|(?<=\.) /).every((part) => sources.includes(part.replace(/^\.|\.$/g, ""))),
  );
  expect(unsaid).toEqual([]);
});
