import { firstBelow } from "./first-below";

/// How far beyond the edges of the view a row is set, in heights of the view. It is more than the browser itself draws
/// ahead, so that nobody sees a row change.
const margin = 2;
/// How many rows are set in one idle moment.
const setAtOnce = 2;
/// How many become plain text again. That costs less, and must keep up with whatever is set.
const unsetAtOnce = 8;
/// After which a busy page finds a moment all the same.
const longestWaitMillis = 300;
/// In heights of the view a second. Who scrolls faster than this reads nothing, and each row that is set costs frames.
const readableSpeed = 3;

type Tell = (near: boolean) => void;

/// Which rows lie near what is seen. Only those are set; of the others there is the text and the height.
///
/// It looks where the rows are when there is time for it: an observer of each of them would cost every frame that scrolls
/// a part for each row.
export class Nearness {
  private readonly rows = new Map<Element, Tell>();
  private readonly set = new Set<Element>();
  private view: Element | null = null;
  private readonly sizes = new ResizeObserver(() => this.schedule());
  private readonly onScroll = () => this.schedule();
  private scheduled = false;
  private seen = { top: 0, at: 0 };

  /// @param near as it is now
  /// @returns to be called when the row goes
  observe(row: Element, near: boolean, tell: Tell): () => void {
    if (this.view === null) this.begin(row);
    this.rows.set(row, tell);
    if (near) this.set.add(row);
    this.schedule();
    return () => {
      this.rows.delete(row);
      this.set.delete(row);
      if (this.rows.size === 0) this.end();
    };
  }

  private begin(row: Element) {
    const view = row.closest(".message-viewport");
    const list = row.parentElement;
    if (view === null || list === null) return;
    this.view = view;
    view.addEventListener("scroll", this.onScroll, { passive: true });
    this.sizes.observe(view);
    this.sizes.observe(list);
  }

  private end() {
    this.view?.removeEventListener("scroll", this.onScroll);
    this.sizes.disconnect();
    this.view = null;
  }

  private schedule() {
    if (this.scheduled) return;
    this.scheduled = true;
    whenIdle(() => {
      this.scheduled = false;
      if (this.view !== null && (this.rushes(this.view) || this.tellSome(this.view))) this.schedule();
    });
  }

  /// Who rushes by passes plain text, and is not held up.
  private rushes({ scrollTop: top, clientHeight: height }: Element): boolean {
    const now = performance.now();
    const speed = Math.abs(top - this.seen.top) / Math.max(1, now - this.seen.at);
    this.seen = { top, at: now };
    return speed * 1000 > readableSpeed * height;
  }

  /// @returns whether there is more to do
  private tellSome(view: Element): boolean {
    const near = this.nearestFirst(view);
    const coming = near.filter((row) => !this.set.has(row));
    for (const row of coming.slice(0, setAtOnce)) this.tell(row, true);
    // What is being selected, or has the focus, stays as it is.
    if (getSelection()?.isCollapsed === false) return coming.length > setAtOnce;
    const stay = new Set(near);
    const going = [...this.set].filter((row) => !stay.has(row) && !row.contains(document.activeElement));
    for (const row of going.slice(0, unsetAtOnce)) this.tell(row, false);
    return coming.length > setAtOnce || going.length > unsetAtOnce;
  }

  private tell(row: Element, near: boolean) {
    if (near) this.set.add(row);
    else this.set.delete(row);
    this.rows.get(row)?.(near);
  }

  private nearestFirst(view: Element): Element[] {
    const { top, bottom, height } = view.getBoundingClientRect();
    const children = view.firstElementChild?.children;
    if (children === undefined) return [];
    const middle = (top + bottom) / 2;
    const near: { row: Element; far: number }[] = [];
    for (let at = firstBelow(children, top - margin * height); at < children.length; at += 1) {
      const row = children[at];
      const box = row?.getBoundingClientRect();
      if (row === undefined || box === undefined || box.top > bottom + margin * height) break;
      if (this.rows.has(row)) near.push({ row, far: Math.abs(box.top - middle) });
    }
    return near.sort((one, other) => one.far - other.far).map(({ row }) => row);
  }
}

function whenIdle(work: () => void) {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: longestWaitMillis });
  else setTimeout(work, longestWaitMillis / 3);
}
