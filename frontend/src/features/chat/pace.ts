/// Text comes in lumps as large as the network pleases. It is shown at an even rate instead, but never
/// later than this after it came.
const longestDelayMillis = 120;

export interface Pace {
  shown: number;
  /// Characters per millisecond. It never falls while text waits, which is what bounds the delay.
  rate: number;
}

export function arrived(pace: Pace, total: number): Pace {
  const waiting = Math.max(0, total - pace.shown);
  return { shown: Math.min(pace.shown, total), rate: Math.max(pace.rate, waiting / longestDelayMillis) };
}

export function advanced(pace: Pace, total: number, millis: number): Pace {
  const shown = Math.min(total, pace.shown + pace.rate * millis);
  return shown >= total ? { shown: total, rate: 0 } : { shown, rate: pace.rate };
}

/// The part of a text that is shown. A character outside the basic plane takes two units and is not cut.
export function shownText(text: string, shown: number): string {
  const end = Math.floor(shown);
  if (end >= text.length) return text;
  const last = text.charCodeAt(end - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}
