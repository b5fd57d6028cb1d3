export interface SpokenWords {
  /// Stand for what nobody wants to hear spelt.
  code: string;
  formula: string;
}

/// A sentence ends where a blank follows its mark, or with its line; marks of Chinese and Japanese need no blank.
const sentenceEnd = /[.!?…]["'”’»)\]*_]*(?=\s)|[。！？]["”’』」]*|\n+/g;

/// Up to where a growing text can be said from a place on: whole sentences, and no program that is still open.
export function sayable(text: string, from: number): number {
  const rest = text.slice(from);
  const fences = [...rest.matchAll(/^ {0,3}(?:```|~~~)/gm)];
  const open = fences.length % 2 === 1 ? fences.at(-1)?.index : undefined;
  const closed = rest.slice(0, open);
  if (open !== undefined && closed.trim() !== "") return from + open;
  const last = [...closed.matchAll(sentenceEnd)].at(-1);
  return last === undefined ? from : from + last.index + last[0].length;
}

/// Markdown as it is read aloud.
export function spoken(markdown: string, words: SpokenWords): string {
  return markdown
    .replace(/^ {0,3}(```|~~~)[\s\S]*?(?:^ {0,3}\1.*$|$(?![\s\S]))/gm, `${words.code}.`)
    .replace(/\$\$[\s\S]*?\$\$|\\\[[\s\S]*?\\\]|\\\([\s\S]*?\\\)/g, words.formula)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$/gm, "")
    .replace(
      /^[ \t]*\|(.*)\|[ \t]*$/gm,
      (_, row: string) =>
        `${row
          .split("|")
          .map((cell) => cell.trim())
          .join(", ")}.`,
    )
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+/gm, "")
    .replace(/(\*\*|__|~~|[*`])/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
