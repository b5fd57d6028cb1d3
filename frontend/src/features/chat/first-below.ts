/// @returns where the first of these stands that ends below the edge, they being in order
export function firstBelow(children: HTMLCollection, edge: number): number {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bottom = children[middle]?.getBoundingClientRect().bottom ?? 0;
    if (bottom > edge) high = middle;
    else low = middle + 1;
  }
  return low;
}
