import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

interface Anchor {
  key: string;
  offset: number;
}

/// Where each conversation was left, as the row at the top edge; absent for one left at its end.
const places = new Map<string, Anchor>();

const nearEndPixels = 8;

interface Parts {
  viewport: RefObject<HTMLDivElement | null>;
  rows: RefObject<HTMLDivElement | null>;
  spacer: RefObject<HTMLDivElement | null>;
}

/// Keeps the reading place. At the end of the conversation it follows what is written until the person
/// moves away; anywhere else the row at the top edge stays where it is, whatever changes above or below.
export function useScrollFollow(conversation: string, { viewport, rows, spacer }: Parts) {
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const reserving = useRef(false);
  const anchor = useRef<Anchor | null>(null);
  const lastTop = useRef(0);

  const settle = useCallback(() => {
    const view = viewport.current;
    const list = rows.current;
    const space = spacer.current;
    if (view === null || list === null || space === null) return;
    space.style.height = `${reserving.current ? reservedHeight(view, list, space) : 0}px`;
    if (following.current) view.scrollTop = view.scrollHeight;
    else if (anchor.current !== null) restore(view, list, anchor.current);
    lastTop.current = view.scrollTop;
    setAtEnd(distanceToEnd(view) <= nearEndPixels);
  }, [viewport, rows, spacer]);

  useLayoutEffect(() => {
    anchor.current = places.get(conversation) ?? null;
    following.current = anchor.current === null;
    settle();
  }, [conversation, settle]);

  useEffect(() => {
    const view = viewport.current;
    const list = rows.current;
    if (view === null || list === null) return;
    const observer = new ResizeObserver(settle);
    observer.observe(view);
    observer.observe(list);
    const below = spacer.current?.nextElementSibling;
    if (below != null) observer.observe(below);
    const onScroll = () => {
      const end = distanceToEnd(view) <= nearEndPixels;
      const movedUp = view.scrollTop < lastTop.current - 1;
      if (end && !movedUp) following.current = true;
      else if (movedUp && !end) following.current = false;
      lastTop.current = view.scrollTop;
      anchor.current = topRow(view, list);
      if (following.current || anchor.current === null) places.delete(conversation);
      else places.set(conversation, anchor.current);
      setAtEnd(end);
    };
    const onWheel = ({ deltaY }: WheelEvent) => {
      if (deltaY < 0) following.current = false;
    };
    view.addEventListener("scroll", onScroll, { passive: true });
    view.addEventListener("wheel", onWheel, { passive: true });
    return () => {
      observer.disconnect();
      view.removeEventListener("scroll", onScroll);
      view.removeEventListener("wheel", onWheel);
    };
  }, [conversation, settle, viewport, rows, spacer]);

  const toEnd = useCallback(() => {
    following.current = true;
    settle();
  }, [settle]);

  /// Moves the last question to the top edge, with room below it for the answer.
  const beginTurn = useCallback(() => {
    reserving.current = true;
    toEnd();
  }, [toEnd]);

  return { atEnd, toEnd, beginTurn };
}

const distanceToEnd = (view: HTMLElement) => view.scrollHeight - view.clientHeight - view.scrollTop;

function reservedHeight(view: HTMLElement, list: HTMLElement, space: HTMLElement): number {
  const questions = list.querySelectorAll<HTMLElement>("[data-role=user]");
  const question = questions[questions.length - 1];
  if (question === undefined) return 0;
  const turn = list.getBoundingClientRect().bottom - question.getBoundingClientRect().top;
  const below = space.nextElementSibling?.clientHeight ?? 0;
  return Math.max(0, view.clientHeight - below - turn);
}

function topRow(view: HTMLElement, list: HTMLElement): Anchor | null {
  const edge = view.getBoundingClientRect().top;
  const { children } = list;
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bottom = children[middle]?.getBoundingClientRect().bottom ?? 0;
    if (bottom > edge) high = middle;
    else low = middle + 1;
  }
  const row = children[low];
  if (!(row instanceof HTMLElement) || row.dataset.key === undefined) return null;
  return { key: row.dataset.key, offset: row.getBoundingClientRect().top - edge };
}

function restore(view: HTMLElement, list: HTMLElement, { key, offset }: Anchor) {
  const row = list.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (row === null) return;
  const moved = row.getBoundingClientRect().top - view.getBoundingClientRect().top - offset;
  if (Math.abs(moved) >= 1) view.scrollTop += moved;
}
