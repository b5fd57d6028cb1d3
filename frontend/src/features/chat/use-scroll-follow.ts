import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { firstBelow } from "./first-below";
import { type Anchor, places } from "./reading-places";

const nearEndPixels = 8;

interface Parts {
  viewport: RefObject<HTMLDivElement | null>;
  rows: RefObject<HTMLDivElement | null>;
  spacer: RefObject<HTMLDivElement | null>;
  /// The rows reach to the end of the conversation. Otherwise there is no end to follow.
  complete: boolean;
}

/// Keeps the reading place. At the end of the conversation it follows what is written until the person
/// moves away; anywhere else the row at the top edge stays where it is, whatever changes above or below.
export function useScrollFollow(conversation: string, { viewport, rows, spacer, complete }: Parts) {
  const [atEnd, setAtEnd] = useState(true);
  const following = useRef(true);
  const reserving = useRef(false);
  const anchor = useRef<Anchor | null>(null);
  /// What was last seen or set here: any other position is the person's doing, or the browser's for them.
  const known = useRef({ top: 0, height: 0 });
  const reachesEnd = useRef(complete);
  useLayoutEffect(() => {
    reachesEnd.current = complete;
  }, [complete]);

  const remember = useCallback(
    (view: HTMLDivElement, list: HTMLDivElement) => {
      const { scrollTop: top, scrollHeight: height } = view;
      if (Math.abs(top - known.current.top) >= 1) {
        const moved = top - known.current.top;
        const end = distanceToEnd(view) <= nearEndPixels;
        const shrunk = height < known.current.height;
        // Rows get their real height only when they come near, in the same frame in which the person scrolls.
        // A short way is kept exact by where the row at the edge must be now.
        const before = anchor.current;
        if (before !== null && !end && Math.abs(moved) < view.clientHeight) {
          restore(view, list, { ...before, offset: before.offset - moved });
        }
        if (top < known.current.top && !shrunk) following.current = false;
        else if (end && reachesEnd.current) following.current = true;
        anchor.current = topRow(view, list);
        if (following.current || anchor.current === null) places.delete(conversation);
        else places.set(conversation, anchor.current);
      }
      known.current = { top: view.scrollTop, height };
    },
    [conversation],
  );

  const settle = useCallback(() => {
    const view = viewport.current;
    const list = rows.current;
    const space = spacer.current;
    if (view === null || list === null || space === null) return;
    remember(view, list);
    space.style.height = `${reserving.current ? reservedHeight(view, list, space) : 0}px`;
    if (following.current) {
      view.scrollTop = view.scrollHeight;
      anchor.current = topRow(view, list);
    } else if (anchor.current !== null) restore(view, list, anchor.current);
    known.current = { top: view.scrollTop, height: view.scrollHeight };
    setAtEnd(distanceToEnd(view) <= nearEndPixels);
  }, [viewport, rows, spacer, remember]);

  useLayoutEffect(() => {
    const view = viewport.current;
    if (view === null) return;
    const place = places.get(conversation);
    anchor.current = place !== undefined && rowOf(rows.current, place.key) !== null ? place : null;
    following.current = anchor.current === null;
    known.current = { top: view.scrollTop, height: view.scrollHeight };
    settle();
  }, [conversation, settle, viewport, rows]);

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
      remember(view, list);
      setAtEnd(distanceToEnd(view) <= nearEndPixels);
    };
    const onWheel = ({ deltaY }: WheelEvent) => {
      if (deltaY < 0 && view.scrollTop > 0) following.current = false;
    };
    view.addEventListener("scroll", onScroll, { passive: true });
    view.addEventListener("wheel", onWheel, { passive: true });
    return () => {
      observer.disconnect();
      view.removeEventListener("scroll", onScroll);
      view.removeEventListener("wheel", onWheel);
    };
  }, [remember, settle, viewport, rows, spacer]);

  const toEnd = useCallback(() => {
    following.current = true;
    settle();
  }, [settle]);

  /// Moves the last question to the top edge, with room below it for the answer.
  const beginTurn = useCallback(() => {
    reserving.current = true;
    toEnd();
  }, [toEnd]);

  /// Moves a row to a quarter of the view, and stays there.
  const show = useCallback(
    (key: string) => {
      const view = viewport.current;
      const list = rows.current;
      if (view === null || list === null) return;
      remember(view, list);
      following.current = false;
      reserving.current = false;
      const row = rowOf(list, key);
      if (row === null) return;
      anchor.current = { ...anchorAt(row), offset: view.clientHeight / 4 };
      settle();
      places.set(conversation, anchor.current);
      row.focus({ preventScroll: true });
    },
    [conversation, settle, remember, viewport, rows],
  );

  return { atEnd, toEnd, beginTurn, show };
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
  const row = rowFrom(list.children, firstBelow(list.children, edge));
  return row === null ? null : { ...anchorAt(row), offset: row.getBoundingClientRect().top - edge };
}

const anchorAt = ({ dataset: { key = "", message = "" } }: HTMLElement) => ({ key, messageId: message });

/// What stands above the rows is no row, and does not stay.
function rowFrom(children: HTMLCollection, index: number): HTMLElement | null {
  for (let at = index; at < children.length; at += 1) {
    const child = children[at];
    if (child instanceof HTMLElement && child.dataset.key !== undefined) return child;
  }
  return null;
}

const rowOf = (list: HTMLElement | null, key: string) =>
  list?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? null;

function restore(view: HTMLElement, list: HTMLElement, { key, offset }: Anchor) {
  const row = rowOf(list, key);
  if (row === null) return;
  const moved = row.getBoundingClientRect().top - view.getBoundingClientRect().top - offset;
  if (Math.abs(moved) >= 1) view.scrollTop += moved;
}
