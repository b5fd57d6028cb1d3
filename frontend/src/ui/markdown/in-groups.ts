/// Some neighbours of a list that grows at its end.
export interface Group<T> {
  items: readonly T[];
  /// The index of the first of them.
  from: number;
}

/// Cuts a list into groups of so many. A group of which nothing has changed since `before` is the same object, so that
/// whoever shows it has nothing to do.
export function inGroups<T>(items: readonly T[], size: number, before: readonly Group<T>[] = []): Group<T>[] {
  const groups: Group<T>[] = [];
  for (let from = 0; from < items.length; from += size) {
    const known = before[from / size];
    const same = known !== undefined && isAt(items, from, Math.min(size, items.length - from), known);
    groups.push(same ? known : { items: items.slice(from, from + size), from });
  }
  return groups;
}

function isAt<T>(items: readonly T[], from: number, length: number, group: Group<T>): boolean {
  return group.items.length === length && group.items.every((item, index) => item === items[from + index]);
}
