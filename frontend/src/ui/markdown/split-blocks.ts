import { Lexer, Marked, type Token, type TokenizerAndRendererExtension } from "marked";

/// A piece of Markdown that is parsed and shown by itself.
export interface Block {
  /// Where it begins in the text: its identity while the text grows.
  at: number;
  source: string;
  fence?: Fence;
  /// It is a display formula that is not closed yet.
  openFormula?: boolean;
}

/// A program. What is in it is shown as it is, so nothing has to read it as Markdown.
export interface Fence {
  language: string;
  code: string;
  closed: boolean;
}

export interface Split {
  text: string;
  blocks: readonly Block[];
}

/// A display formula is one block whatever its lines look like.
const formula: TokenizerAndRendererExtension = {
  name: "formula",
  level: "block",
  start: (source) => /(?:^|\n)(?:\$\$|\\\[)/.exec(source)?.index,
  tokenizer(source) {
    const match =
      /^\$\$[^\n]*\$\$[^\S\n]*(?:\n|$)/.exec(source) ??
      /^\$\$\s*\n[\s\S]*?(?:\n\$\$[^\S\n]*(?:\n|$)|$)/.exec(source) ??
      /^\\\[[\s\S]*?(?:\\\][^\S\n]*(?:\n|$)|$)/.exec(source);
    return match === null ? undefined : { type: "formula", raw: match[0] };
  },
};

const markdown = new Marked({ gfm: true, extensions: [formula] });

export const noBlocks: Split = { text: "", blocks: [] };

/// Splits a text into its top-level blocks. Given the split of a beginning of the same text, only what
/// follows its last block but one is read again: a block is settled once two others have begun after it.
/// An open program is not read again at all until a line comes that may close it.
export function splitBlocks(text: string, before: Split = noBlocks): Split {
  if (before.text === text) return before;
  const grows = text.startsWith(before.text);
  const grown = grows ? grownFence(text, before) : undefined;
  if (grown !== undefined) return { text, blocks: before.blocks.with(-1, grown) };
  const settled = grows ? before.blocks.slice(0, -2) : [];
  const last = settled.at(-1);
  const from = last === undefined ? 0 : last.at + last.source.length;
  return { text, blocks: [...settled, ...lex(text, from)] };
}

function grownFence(text: string, before: Split): Block | undefined {
  const last = before.blocks.at(-1);
  if (last?.fence === undefined || last.fence.closed) return undefined;
  const { at, source, fence } = last;
  const begin = source.indexOf("\n") + 1;
  if (begin === 0 || source.startsWith(" ")) return undefined;
  const lastLine = Math.max(at + begin, before.text.lastIndexOf("\n") + 1);
  if (/^ *(?:`{3}|~{3})/m.test(text.slice(lastLine))) return undefined;
  return { at, source: text.slice(at), fence: { ...fence, code: text.slice(at + begin) } };
}

function lex(text: string, from: number): Block[] {
  const blocks: Block[] = [];
  let at = from;
  // The lexer reads every line end as \n, so its pieces are measured against a text that has no other.
  for (const token of new Lexer(markdown.defaults).blockTokens(text.slice(from))) {
    const { raw } = token;
    const previous = blocks.at(-1);
    if (token.type === "space" && previous !== undefined) {
      blocks[blocks.length - 1] = { ...previous, source: previous.source + raw };
    } else {
      blocks.push(block(token, at));
    }
    at += raw.length;
  }
  return blocks;
}

function block(token: Token, at: number): Block {
  const { raw } = token;
  if (token.type === "formula" && !/(?:\$\$|\\\])\s*$/.test(raw.trimStart().slice(2)))
    return { at, source: raw, openFormula: true };
  const opening = token.type === "code" ? /^( {0,3})(`{3,}|~{3,})([^\n]*)(?:\n|$)/.exec(raw) : null;
  if (opening === null) return { at, source: raw };
  const [{ length }, indent = "", marks = "", info = ""] = opening;
  const body =
    indent === ""
      ? raw.slice(length)
      : raw.slice(length).replace(new RegExp(`^ {0,${indent.length}}`, "gm"), "");
  const closed = isClosed(body, marks);
  const code = closed ? body.trimEnd().replace(/(?:^|\n)[^\n]*$/, "") : body;
  return { at, source: raw, fence: { language: languageOf(info), code, closed } };
}

function isClosed(body: string, marks: string): boolean {
  const end = body.trimEnd();
  const line = end.slice(end.lastIndexOf("\n") + 1).trim();
  return line.length >= marks.length && line === (marks[0] ?? "").repeat(line.length);
}

export const languageOf = (info: string) => info.trim().split(/[\s{]/)[0] ?? "";

/// Code, which is left alone, or a closed formula with its source in the last three groups.
export const codeOrFormula =
  /(`+)[\s\S]*?\1(?!`)|^( {0,3})(~{3,}|`{3,})[\s\S]*?(?:^ {0,3}\3|$(?![\s\S]))|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(?<![\\$\w])\$(?![\s$])((?:\\.|[^$\\\n])*?[^\s\\$])\$(?![\d$])/gm;

/// Brings the two other ways of writing formulas to the one that the parser knows, outside of code.
/// A single dollar counts only where it cannot be money: nothing blank inside it, no digit after it.
export function unifyFormulas(source: string): string {
  return source.replace(codeOrFormula, (whole, _ticks, _indent, _fence, display, inline, dollars) => {
    if (display !== undefined) return `$$\n${display.trim()}\n$$`;
    if (inline !== undefined) return `$$${inline.trim()}$$`;
    if (dollars !== undefined) return `$$${dollars}$$`;
    return whole;
  });
}

/// Definitions of links and footnotes serve the whole text, so every block gets them along.
export function definitionsOf(blocks: readonly Block[]): string {
  return blocks
    .filter(({ source }) => /^ {0,3}\[[^\]\n]+\]:/.test(source))
    .map(({ source }) => source.trimEnd())
    .join("\n");
}
