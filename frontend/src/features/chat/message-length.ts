/// In characters as the server counts them, of which some take two units of a string.
export const longestMessage = 100_000;

/// From here on it is said how much room is left.
const nearTheEnd = 90_000;

export function lengthOf(text: string): number {
  // A text has at most as many characters as units, and only a long one is worth counting.
  if (text.length <= nearTheEnd) return text.length;
  let pairs = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const next = text.charCodeAt(index + 1);
    if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) pairs += 1;
  }
  return text.length - pairs;
}

export const isNearTheEnd = (length: number) => length > nearTheEnd;
