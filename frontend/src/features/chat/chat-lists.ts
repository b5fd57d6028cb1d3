import type { Chat, FoundChat, Page } from "@/api/types";

export interface ChatFilter {
  archived: boolean;
  q: string;
}

/// A list after news of a chat. An exchange moves a chat up; another change leaves it where it is.
/// @returns null where only the server knows the place of the chat
export function withChat(
  pages: Page<FoundChat>[],
  chat: Chat,
  { archived, q }: ChatFilter,
  isNew: boolean,
): Page<FoundChat>[] | null {
  const known = pages.flatMap(({ items }) => items).find(({ id }) => id === chat.id);
  const belongs = chat.is_archived === archived && !chat.is_temporary;
  if (known === undefined) {
    if (!belongs || q !== "") return pages;
    return isNew && isNewest(pages, chat) ? onTop(pages, chat) : null;
  }
  if (known.updated_at > chat.updated_at) return pages;
  if (!belongs) return withoutChat(pages, chat.id);
  if (q === "" && known.is_pinned !== chat.is_pinned) return null;
  const active = known.current_message_id !== chat.current_message_id;
  if (q === "" && active && chat.message_count >= known.message_count) {
    return onTop(withoutChat(pages, chat.id), chat);
  }
  return pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item === known ? { ...item, ...chat } : item)),
  }));
}

export const withoutChat = (pages: Page<FoundChat>[], chatId: string): Page<FoundChat>[] =>
  pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== chatId) }));

/// A chat that was brought back is new here, and yet not the newest.
function isNewest(pages: Page<FoundChat>[], chat: Chat): boolean {
  const newest = pages[0]?.items.find(({ is_pinned }) => is_pinned === chat.is_pinned);
  return newest === undefined || newest.updated_at <= chat.updated_at;
}

/// Newest first, and below what is pinned unless it is itself.
function onTop(pages: Page<FoundChat>[], chat: Chat): Page<FoundChat>[] {
  let placed = false;
  return pages.map((page, index) => {
    const at = page.items.findIndex(({ is_pinned }) => chat.is_pinned || !is_pinned);
    const here = !placed && (at !== -1 || index === pages.length - 1);
    if (!here) return page;
    placed = true;
    return { ...page, items: page.items.toSpliced(at === -1 ? page.items.length : at, 0, chat) };
  });
}
