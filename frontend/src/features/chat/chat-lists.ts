import type { Chat, FoundChat, Page } from "@/api/types";

export interface ChatFilter {
  archived: boolean;
  q: string;
}

type Pages = Page<FoundChat>[];

/// A list after news of a chat, which stands where the server would list it. What belongs below the pages that are
/// held comes with its page. Only the server knows what is found and where: there a chat is changed or goes.
export function withChat(pages: Pages, chat: Chat, { archived, q }: ChatFilter): Pages {
  const known = pages.flatMap(({ items }) => items).find(({ id }) => id === chat.id);
  if (known !== undefined && known.updated_at > chat.updated_at) return pages;
  const belongs = chat.is_archived === archived && !chat.is_temporary;
  if (!belongs) return known === undefined ? pages : withoutChat(pages, chat.id);
  if (known !== undefined && (q !== "" || hasSamePlace(known, chat))) return changed(pages, known, chat);
  if (q !== "") return pages;
  return placed(known === undefined ? pages : withoutChat(pages, chat.id), chat);
}

export const withoutChat = (pages: Pages, chatId: string): Pages =>
  pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== chatId) }));

const changed = (pages: Pages, known: FoundChat, chat: Chat): Pages =>
  pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item === known ? { ...item, ...chat } : item)),
  }));

const hasSamePlace = (one: Chat, other: Chat) =>
  one.is_pinned === other.is_pinned && one.active_at === other.active_at;

/// Pinned before all, then newest activity first.
function precedes(one: Chat, other: Chat): boolean {
  if (one.is_pinned !== other.is_pinned) return one.is_pinned;
  if (one.active_at !== other.active_at) return one.active_at > other.active_at;
  return one.id > other.id;
}

function placed(pages: Pages, chat: FoundChat): Pages {
  const page = pages.findIndex(({ items }) => items.some((item) => precedes(chat, item)));
  const last = pages.length - 1;
  if (page === -1 && pages[last]?.next_cursor !== null) return pages;
  return pages.map((each, index) => {
    if (index !== (page === -1 ? last : page)) return each;
    const at = each.items.findIndex((item) => precedes(chat, item));
    return { ...each, items: each.items.toSpliced(at === -1 ? each.items.length : at, 0, chat) };
  });
}
