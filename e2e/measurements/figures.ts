import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/// Keeps what a measurement found, where whoever started it asked for it.
export function keep(name: string, figures: object) {
  const directory = process.env.PARLEY_FIGURES ?? "test-results/figures";
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${name}.json`), JSON.stringify(figures, null, 1));
}

/// The value that this share of all is not above.
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export const median = (values: number[]) => percentile(values, 0.5);

export const rounded = (value: number, digits = 0) => Number(value.toFixed(digits));
