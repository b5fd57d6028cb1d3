import remend from "remend";
import { codeOrFormula } from "./split-blocks";

/// Completes what is half-written for the eye: what has begun to be bold is bold before it is closed, and a formula
/// that is still open is its source.
export function completed(source: string): string {
  return closeEmphasis(
    remend(withOpenFormulaAsText(source), {
      bold: false,
      boldItalic: false,
      italic: false,
      inlineCode: false,
      strikethrough: false,
      katex: false,
      inlineKatex: false,
      linkMode: "text-only",
    }),
  );
}

function withOpenFormulaAsText(source: string): string {
  const rest = source.replace(codeOrFormula, (whole) => " ".repeat(whole.length));
  const at = rest.search(/\\[([]/);
  if (at === -1 || rest.slice(0, at).includes("`")) return source;
  return source.slice(0, at) + asText(source.slice(at));
}

/// Nothing in it means anything to Markdown.
const asText = (text: string) =>
  text.replace(/[^\p{L}\p{N}\s]/gu, (character) => `&#${character.codePointAt(0)};`);

const mark = /\\.|(`+)|\*\*|__|~~|\*|_/gs;

/// Closes, innermost first, what the last paragraph has opened.
function closeEmphasis(source: string): string {
  const text = source.trimEnd();
  const from = Math.max(text.lastIndexOf("\n\n"), beginOfLastItem(text)) + 1;
  const open: string[] = [];
  for (const { 0: found, 1: ticks, index } of text.slice(from).matchAll(mark)) {
    const code = open.at(-1)?.startsWith("`") === true;
    if (found.startsWith("\\") || (code && ticks === undefined)) continue;
    if (open.at(-1) === found) open.pop();
    else if (!code && (ticks !== undefined || opens(text, from + index, found))) open.push(found);
  }
  const closing = open.reverse().join("");
  return closing === "" ? source : text + closing;
}

/// A mark that nothing follows yet is not shown as one, and would be wrong to close.
function opens(text: string, at: number, found: string): boolean {
  const before = text[at - 1] ?? " ";
  const after = text[at + found.length];
  if (after === undefined || /\s/.test(after)) return false;
  return !found.startsWith("_") || !/[\p{L}\p{N}]/u.test(before);
}

function beginOfLastItem(text: string): number {
  let begin = -1;
  for (const { index } of text.matchAll(/\n[ >]*(?:[-*+]|\d+[.)]) /g)) begin = index;
  return begin;
}
