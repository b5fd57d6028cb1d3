const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text: string) =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

interface Findable {
  label: string;
  /// Other words that lead to it.
  keywords?: string;
}

/// What has every typed word as the beginning of one of its own; first what is called so.
export function find<T extends Findable>(items: readonly T[], query: string): T[] {
  const typed = wordsOf(query);
  const begins = (words: string[]) => typed.every((part) => words.some((word) => word.startsWith(part)));
  const named = items.filter(({ label }) => begins(wordsOf(label)));
  const known = new Set(named);
  return [
    ...named,
    ...items.filter((item) => !known.has(item) && begins(wordsOf(`${item.label} ${item.keywords ?? ""}`))),
  ];
}
