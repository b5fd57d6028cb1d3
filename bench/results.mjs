// Keeps the last results: the table in NAME.md between its two marks, the raw figures beside it.
import { readFileSync, writeFileSync } from "node:fs";

const [BEGIN, END] = ["<!-- results -->", "<!-- end of results -->"];

export function save(name, table, raw) {
  const page = new URL(`${name}.md`, import.meta.url);
  const [before, rest = ""] = readFileSync(page, "utf8").split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`${name}.md has no place for the results.`);
  writeFileSync(page, `${before}${BEGIN}\n${table}\n${END}${after}`);
  writeFileSync(new URL(`${name}.json`, import.meta.url), `${JSON.stringify(raw, null, 1)}\n`);
}
