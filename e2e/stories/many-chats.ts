import type { Page, Route } from "@playwright/test";

/// Very many chats, without the minutes that making them would take: the account is the server's, and what its list
/// of chats holds is put in its place.
export class ManyChats {
  /// How many pages have been asked for.
  pagesRead = 0;
  private readonly chats: object[];

  private constructor(count: number) {
    const newest = Date.now();
    this.chats = Array.from({ length: count }, (_, index) => chat(index, newest - index * 600_000));
  }

  static async open(page: Page, count: number): Promise<ManyChats> {
    const many = new ManyChats(count);
    await page.route(/\/api\/v1\/chats\/\?(?!.*\bq=)/, (route) => many.serve(route));
    return many;
  }

  private async serve(route: Route) {
    const { searchParams } = new URL(route.request().url());
    this.pagesRead += 1;
    const begin = Number(searchParams.get("cursor") ?? 0);
    const end = begin + Number(searchParams.get("limit"));
    const items = this.chats.slice(begin, end);
    const next_cursor = end < this.chats.length ? String(end) : null;
    await route.fulfill({ json: { success: true, data: { items, next_cursor } } });
  }
}

function chat(index: number, activeAt: number) {
  const time = new Date(activeAt).toISOString();
  return {
    id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
    title: `Chat number ${index + 1}`,
    created_at: time,
    updated_at: time,
    active_at: time,
    is_archived: false,
    is_pinned: false,
    is_temporary: false,
    settings: {},
    current_message_id: null,
    message_count: 2,
  };
}
