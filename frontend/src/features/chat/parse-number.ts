interface Bounds {
  least: number;
  most: number;
  /// No fractions.
  whole?: boolean;
}

/// Thousands as they are set apart somewhere, by the same sign throughout.
const grouped = /^\d{1,3}(?:([.,'’\s])\d{3})(?:\1\d{3})*$/;

/// A number as a person types it: a whole one with or without its thousands set apart, another one with a point or a
/// comma before its fraction.
/// @returns null for nothing, undefined for what is no such number
export function parseNumber(text: string, { least, most, whole = false }: Bounds): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const plain = whole && grouped.test(trimmed) ? trimmed.replaceAll(/\D/g, "") : trimmed.replace(",", ".");
  if (!(whole ? /^\d+$/ : /^\d+(\.\d+)?$/).test(plain)) return undefined;
  const value = Number(plain);
  return value >= least && value <= most ? value : undefined;
}
