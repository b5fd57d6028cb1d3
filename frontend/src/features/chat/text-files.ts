import { longestMessage } from "./message-length";

/// More bytes than the longest message can have.
const largestFile = longestMessage * 4;

export interface ReadFiles {
  /// The files that are text, ready to stand in a message.
  text: string;
  /// The names of the others.
  refused: string[];
}

/// Whatever reads as UTF-8 is text, by whatever name and type it comes.
export async function readFiles(files: readonly File[]): Promise<ReadFiles> {
  const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await textOf(file) })));
  return {
    text: read.flatMap(({ name, text }) => (text === null ? [] : [fenced(name, text)])).join("\n\n"),
    refused: read.flatMap(({ name, text }) => (text === null ? [name] : [])),
  };
}

async function textOf(file: File): Promise<string | null> {
  if (file.size > largestFile) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return text.includes("\0") ? null : text.trimEnd();
  } catch {
    // Not text, or a directory, or gone since it was dropped.
    return null;
  }
}

/// In a fence that is longer than any in the text.
function fenced(name: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((fence) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `${name}\n${fence}\n${text}\n${fence}`;
}
