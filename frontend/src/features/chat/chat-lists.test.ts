import { expect, test } from "vitest";
import type { FoundChat, Page } from "@/api/types";
import { withChat } from "./chat-lists";
import { sampleChat } from "./sample-chat";

const list = { archived: false, q: "" };
const pinned = sampleChat({ id: "pinned", is_pinned: true });
const first = sampleChat({ id: "first" });
const second = sampleChat({ id: "second" });
const third = sampleChat({ id: "third" });
const pages: Page<FoundChat>[] = [
  { items: [pinned, first, second], next_cursor: "more" },
  { items: [third], next_cursor: null },
];

const ids = (result: Page<FoundChat>[] | null) => result?.map(({ items }) => items.map(({ id }) => id));

test("a new chat stands on top, below what is pinned", () => {
  const chat = sampleChat({ id: "new" });
  expect(ids(withChat(pages, chat, list, true))).toEqual([["pinned", "new", "first", "second"], ["third"]]);
  expect(ids(withChat([{ items: [], next_cursor: null }], chat, list, true))).toEqual([["new"]]);
  expect(ids(withChat([{ items: [pinned], next_cursor: null }], chat, list, true))).toEqual([
    ["pinned", "new"],
  ]);
});

test("a renamed chat keeps its place", () => {
  const changed = withChat(pages, { ...second, title: "Renamed" }, list, false);
  expect(ids(changed)).toEqual(ids(pages));
  expect(changed?.[0]?.items[2]?.title).toBe("Renamed");
});

test("an exchange moves a chat up", () => {
  const asked = { ...third, current_message_id: "newer", message_count: 2 };
  expect(ids(withChat(pages, asked, list, false))).toEqual([["pinned", "third", "first", "second"], []]);
});

test("a chat that leaves a list is gone from it, and its place in another is asked for", () => {
  const archived = { ...first, is_archived: true };
  expect(ids(withChat(pages, archived, list, false))).toEqual([["pinned", "second"], ["third"]]);
  expect(withChat(pages, sampleChat({ id: "back" }), list, false)).toBeNull();
  const restored = sampleChat({ id: "back", updated_at: "2026-11-22T09:00:00.000Z" });
  expect(withChat(pages, restored, list, true)).toBeNull();
  expect(withChat(pages, { ...second, is_pinned: true }, list, false)).toBeNull();
});

test("a temporary chat is in no list", () => {
  expect(withChat(pages, sampleChat({ id: "t", is_temporary: true }), list, true)).toBe(pages);
});

test("what was found is changed, and nothing is added to it", () => {
  const found = { archived: false, q: "tide" };
  const matched: Page<FoundChat>[] = [
    { items: [{ ...first, snippet: "<mark>tide</mark>" }], next_cursor: null },
  ];
  expect(withChat(matched, second, found, true)).toBe(matched);
  expect(withChat(matched, { ...first, title: "New" }, found, false)?.[0]?.items[0]).toMatchObject({
    title: "New",
    snippet: "<mark>tide</mark>",
  });
});

test("news that comes late changes nothing", () => {
  const late = { ...first, title: "Old", updated_at: "2026-11-22T09:00:00.000Z" };
  expect(withChat(pages, late, list, false)).toBe(pages);
});
