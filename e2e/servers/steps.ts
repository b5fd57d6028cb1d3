/// What the scripted model does next. An answer is a list of these.
export type Step =
  /// Sends a text a word at a time.
  | { kind: "say"; text: string; paceMillis: number }
  /// Sends a thought, as reasoning models do before they answer.
  | { kind: "think"; text: string }
  /// Waits until the story opens the gate.
  | { kind: "hold"; gate: string }
  /// Refuses the question; only before anything was sent.
  | { kind: "fail"; status: number }
  /// Breaks the connection.
  | { kind: "cut" };

export const say = (text: string, paceMillis = 4): Step => ({ kind: "say", text, paceMillis });
export const think = (text: string): Step => ({ kind: "think", text });
export const hold = (gate: string): Step => ({ kind: "hold", gate });
export const fail = (status: number): Step => ({ kind: "fail", status });
export const cut = (): Step => ({ kind: "cut" });

/// Words that cannot be mistaken for one another: a text shown twice or out of order is seen at once.
export function words(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => `word${first + index}`).join(" ");
}
