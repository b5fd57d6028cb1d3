/// Some lines of a program, with the line end that follows them.
export interface Chunk {
  text: string;
  lines: number;
  /// Of its longest line.
  columns: number;
}

export interface Chunks {
  code: string;
  chunks: readonly Chunk[];
}

export const linesAtOnce = 50;
const tabSize = 4;

export const noChunks: Chunks = { code: "", chunks: [] };

/// Cuts a program into pieces that are laid out by themselves. Given those of a beginning of it, only the last one is
/// read again.
export function chunksOf(code: string, before: Chunks = noChunks): Chunks {
  if (code === before.code) return before;
  const settled = code.startsWith(before.code) ? before.chunks.slice(0, -1) : [];
  const chunks = [...settled];
  let at = settled.reduce((sum, { text }) => sum + text.length, 0);
  while (at < code.length) {
    const { end, lines, columns } = chunkAt(code, at);
    chunks.push({ text: code.slice(at, end), lines, columns });
    at = end;
  }
  return { code, chunks };
}

function chunkAt(code: string, from: number): { end: number; lines: number; columns: number } {
  let at = from;
  let lines = 0;
  let columns = 0;
  while (lines < linesAtOnce && at < code.length) {
    const lineEnd = code.indexOf("\n", at);
    const end = lineEnd === -1 ? code.length : lineEnd;
    columns = Math.max(columns, columnsOf(code.slice(at, end)));
    lines += 1;
    at = end + 1;
  }
  return { end: Math.min(at, code.length), lines, columns };
}

/// At least as many as are drawn, so that what is not drawn yet takes its place.
export function columnsOf(line: string): number {
  return line.includes("\t") ? line.length + (tabSize - 1) * (line.split("\t").length - 1) : line.length;
}
