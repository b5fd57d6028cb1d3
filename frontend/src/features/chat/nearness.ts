/// How far beyond the edges of the view a row is set, in heights of the view. It is more than the browser itself draws
/// ahead, so that nobody sees a row change.
const margin = "200% 0px";

type Tell = (near: boolean) => void;

/// Which rows lie near what is seen. Only those are set; of the others there is the text and the height.
export class Nearness {
  private readonly listeners = new Map<Element, Tell>();
  private observer: IntersectionObserver | undefined;

  /// @returns to be called when the row goes
  observe(row: Element, tell: Tell): () => void {
    this.observer ??= new IntersectionObserver((changes) => this.hear(changes), {
      root: row.closest(".message-viewport"),
      rootMargin: margin,
    });
    this.listeners.set(row, tell);
    this.observer.observe(row);
    return () => {
      this.listeners.delete(row);
      this.observer?.unobserve(row);
    };
  }

  private hear(changes: IntersectionObserverEntry[]) {
    const selecting = getSelection()?.isCollapsed === false;
    for (const { target, isIntersecting } of changes) {
      // What is being selected, or has the focus, stays as it is.
      if (!isIntersecting && (selecting || target.contains(document.activeElement))) continue;
      this.listeners.get(target)?.(isIntersecting);
    }
  }
}
