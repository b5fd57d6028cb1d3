/// Where an arrow leads from a question that was asked so many questions ago, 0 being the empty box.
/// @returns null where the key keeps its own meaning
export function recalledBy(key: string, at: number, questions: number): number | null {
  if (key === "ArrowUp") return questions === 0 ? null : Math.min(at + 1, questions);
  return key === "ArrowDown" && at > 0 ? at - 1 : null;
}
