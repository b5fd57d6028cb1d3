/// How far beyond the edges of the view a row is set, in heights of the view. It is more than the browser itself draws
/// ahead, so that nobody sees a row change.
const margin = "200% 0px";
/// How many rows change in one idle moment: who scrolls fast passes by plain text, and is not held up.
const rowsAtOnce = 4;
/// After which a busy page finds a moment all the same.
const longestWaitMillis = 300;

type Tell = (near: boolean) => void;

/// Which rows lie near what is seen. Only those are set; of the others there is the text and the height.
export class Nearness {
  private readonly listeners = new Map<Element, Tell>();
  private readonly coming = new Set<Element>();
  private readonly going = new Set<Element>();
  private observer: IntersectionObserver | undefined;
  private scheduled = false;

  /// @returns to be called when the row goes
  observe(row: Element, tell: Tell): () => void {
    this.observer ??= new IntersectionObserver((changes) => this.hear(changes), {
      root: row.closest(".message-viewport"),
      rootMargin: margin,
    });
    this.listeners.set(row, tell);
    this.observer.observe(row);
    return () => {
      for (const rows of [this.listeners, this.coming, this.going]) rows.delete(row);
      this.observer?.unobserve(row);
    };
  }

  private hear(changes: IntersectionObserverEntry[]) {
    for (const { target, isIntersecting } of changes) {
      (isIntersecting ? this.going : this.coming).delete(target);
      (isIntersecting ? this.coming : this.going).add(target);
    }
    this.schedule();
  }

  private schedule() {
    if (this.scheduled) return;
    this.scheduled = true;
    whenIdle(() => {
      this.scheduled = false;
      this.tellSome();
      if (this.coming.size > 0) this.schedule();
    });
  }

  private tellSome() {
    for (const row of nearestFirst(this.coming).slice(0, rowsAtOnce)) {
      this.coming.delete(row);
      this.listeners.get(row)?.(true);
    }
    // What is being selected, or has the focus, stays as it is.
    if (getSelection()?.isCollapsed === false) return;
    for (const row of this.going) {
      if (row.contains(document.activeElement)) continue;
      this.going.delete(row);
      this.listeners.get(row)?.(false);
    }
  }
}

function nearestFirst(rows: Set<Element>): Element[] {
  const middle = innerHeight / 2;
  const distance = (row: Element) => Math.abs(row.getBoundingClientRect().top - middle);
  return [...rows]
    .map((row) => ({ row, far: distance(row) }))
    .sort((one, other) => one.far - other.far)
    .map(({ row }) => row);
}

function whenIdle(work: () => void) {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: longestWaitMillis });
  else setTimeout(work, longestWaitMillis / 3);
}
