/// How far beyond the edges of the view a row is set, in heights of the view. It is more than the browser itself draws
/// ahead, so that nobody sees a row change.
const margin = "200% 0px";
/// How many rows are set in one idle moment: who scrolls fast passes by plain text, and is not held up.
const setAtOnce = 2;
/// How many become plain text again. That costs less, and must keep up with whatever is set.
const unsetAtOnce = 8;
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
      const left = this.tellSome();
      if (this.coming.size > 0 || left > 0) this.schedule();
    });
  }

  /// @returns how many that could go are still there
  private tellSome(): number {
    for (const row of nearestFirst(this.coming).slice(0, setAtOnce)) {
      this.coming.delete(row);
      this.listeners.get(row)?.(true);
    }
    // What is being selected, or has the focus, stays as it is.
    if (getSelection()?.isCollapsed === false) return 0;
    const free = [...this.going].filter((row) => !row.contains(document.activeElement));
    for (const row of free.slice(0, unsetAtOnce)) {
      this.going.delete(row);
      this.listeners.get(row)?.(false);
    }
    return Math.max(0, free.length - unsetAtOnce);
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
