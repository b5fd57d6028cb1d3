import type { Message, MessagePage } from "@/api/types";

export const pageOf = (items: Message[]): MessagePage => ({
  items,
  next_cursor: null,
  prev_cursor: null,
  leaf_id: items.at(-1)?.id ?? null,
});

/// @param pages newest first. Those newer than the parent's fall away, so the parent's becomes the newest.
export function withTurn(pages: MessagePage[], after: string | null, turn: Message[]): MessagePage[] {
  if (after === null) return [pageOf(turn)];
  const ids = new Set(turn.map(({ id }) => id));
  const index = pages.findIndex((page) => page.items.some(({ id }) => id === after));
  if (index === -1) {
    // It is further down than what is held, and will come with its page.
    if (pages[0]?.prev_cursor != null) return pages;
    return pages.map((page, at) => {
      const others = page.items.filter(({ id }) => !ids.has(id));
      return { ...page, items: at === 0 ? [...others, ...turn] : others };
    });
  }
  return pages.slice(index).map((page, at) => {
    if (at > 0) return page;
    const end = page.items.findIndex(({ id }) => id === after) + 1;
    const items = [...page.items.slice(0, end), ...turn];
    return { ...page, items, prev_cursor: null, leaf_id: items.at(-1)?.id ?? null };
  });
}
