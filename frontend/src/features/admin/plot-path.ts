/// A line through values in a box of 100 by 100, from its bottom at 0 to its top at `most`. Where a value is missing the
/// line has a gap; one that stands alone is a dot.
export function plotPath(values: readonly (number | null)[], most: number): string {
  const step = 100 / Math.max(1, values.length - 1);
  const round = (number: number) => Math.round(number * 100) / 100;
  const parts = values.map((value, index) => {
    if (value === null) return "";
    const isStart = (values[index - 1] ?? null) === null;
    const isAlone = isStart && (values[index + 1] ?? null) === null;
    const point = `${round(index * step)} ${round(100 - (most === 0 ? 0 : (value / most) * 100))}`;
    return `${isStart ? "M" : "L"}${point}${isAlone ? "h0.01" : ""}`;
  });
  return parts.join("");
}

const steps = [1, 2, 2.5, 5, 10] as const;

/// A number that is easy to read, at or above all values.
export function plotTop(values: readonly (number | null)[]): number {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  if (most === 0) return 1;
  const scale = 10 ** Math.floor(Math.log10(most));
  // Of computing, a number may be a little above what it is.
  const step = steps.find((one) => one * scale >= most * (1 - 1e-9)) ?? 10;
  return Number((step * scale).toPrecision(3));
}
