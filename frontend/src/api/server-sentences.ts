type Sentences = Readonly<Record<string, string>>;

const escaped = (text: string) => text.replace(/[.?()[\]{}+^$|\\]/g, "\\$&");

let exact: Sentences = {};
let patterns: readonly (readonly [RegExp, string])[] = [];

/// From now on the server's sentences are told in these words. A `*` stands for what differs from time to time.
export function tellInOtherWords(sentences: Sentences) {
  exact = sentences;
  patterns = Object.entries(sentences)
    .filter(([sentence]) => sentence.includes("*"))
    .map(([sentence, other]) => [new RegExp(`^${sentence.split("*").map(escaped).join("(.+)")}$`), other]);
}

/// A sentence of the server's in the person's language, or as the server wrote it where nobody translated it.
export function inOwnWords(sentence: string): string {
  const known = exact[sentence];
  if (known !== undefined) return known;
  for (const [pattern, other] of patterns) {
    const values = pattern.exec(sentence)?.slice(1);
    if (values !== undefined) return other.replace(/\*/g, () => values.shift() ?? "");
  }
  return sentence;
}
