interface Bounds {
  least: number;
  most: number;
  /// No fractions.
  whole?: boolean;
}

/// A number as a person types it, with a point or a comma before its fraction.
/// @returns null for nothing, undefined for what is no such number
export function parseNumber(text: string, { least, most, whole = false }: Bounds): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (!/^\d+([.,]\d+)?$/.test(trimmed)) return undefined;
  const value = Number(trimmed.replace(",", "."));
  return value >= least && value <= most && (!whole || Number.isInteger(value)) ? value : undefined;
}
