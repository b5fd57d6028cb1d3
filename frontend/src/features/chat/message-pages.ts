import type { Message, Page } from "@/api/types";

/// @param pages newest first. Those newer than the parent's fall away, so the parent's becomes the newest.
export function withTurn(pages: Page<Message>[], after: string | null, turn: Message[]): Page<Message>[] {
  if (after === null) return [{ items: turn, next_cursor: null }];
  const ids = new Set(turn.map(({ id }) => id));
  const index = pages.findIndex((page) => page.items.some(({ id }) => id === after));
  if (index === -1) {
    return pages.map((page, at) => {
      const others = page.items.filter(({ id }) => !ids.has(id));
      return { ...page, items: at === 0 ? [...others, ...turn] : others };
    });
  }
  return pages.slice(index).map((page, at) => {
    if (at > 0) return page;
    const end = page.items.findIndex(({ id }) => id === after) + 1;
    return { ...page, items: [...page.items.slice(0, end), ...turn] };
  });
}
