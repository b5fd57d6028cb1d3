import { expect, test } from "vitest";
import type { FoundChat, Page } from "@/api/types";
import { withChat, withoutChat } from "./chat-lists";
import { sampleChat } from "./sample-chat";

const list = { archived: false, q: "" };
const at = (minute: string) => ({ active_at: `2026-11-22T10:${minute}:00.000Z` });
const pinned = sampleChat({ id: "pinned", is_pinned: true, ...at("10") });
const first = sampleChat({ id: "first", ...at("50") });
const second = sampleChat({ id: "second", ...at("40") });
const third = sampleChat({ id: "third", ...at("30") });
const pages: Page<FoundChat>[] = [
  { items: [pinned, first, second], next_cursor: "more" },
  { items: [third], next_cursor: "more still" },
];
const whole: Page<FoundChat>[] = [{ items: [pinned, first], next_cursor: null }];

const ids = (result: Page<FoundChat>[]) => result.map(({ items }) => items.map(({ id }) => id));

test("a new chat stands on top, below what is pinned", () => {
  const chat = sampleChat({ id: "new", ...at("55") });
  expect(ids(withChat(pages, chat, list))).toEqual([["pinned", "new", "first", "second"], ["third"]]);
  expect(ids(withChat([{ items: [], next_cursor: null }], chat, list))).toEqual([["new"]]);
  expect(ids(withChat([{ items: [pinned], next_cursor: null }], chat, list))).toEqual([["pinned", "new"]]);
});

test("a renamed chat keeps its place, however late it is renamed", () => {
  const renamed = { ...second, title: "Renamed", updated_at: "2026-11-23T08:00:00.000Z" };
  const changed = withChat(pages, renamed, list);
  expect(ids(changed)).toEqual(ids(pages));
  expect(changed[0]?.items[2]?.title).toBe("Renamed");
});

test("an exchange moves a chat up", () => {
  const asked = { ...third, ...at("59") };
  expect(ids(withChat(pages, asked, list))).toEqual([["pinned", "third", "first", "second"], []]);
});

test("a chat is pinned, unpinned and brought back to where it belongs", () => {
  expect(ids(withChat(pages, { ...second, is_pinned: true }, list))).toEqual([
    ["second", "pinned", "first"],
    ["third"],
  ]);
  const unpinned = { ...pinned, is_pinned: false, ...at("35") };
  expect(ids(withChat(pages, unpinned, list))).toEqual([
    ["first", "second"],
    ["pinned", "third"],
  ]);
  expect(ids(withChat(withoutChat(pages, "second"), second, list))).toEqual([
    ["pinned", "first"],
    ["second", "third"],
  ]);
});

test("what belongs below the pages that are held comes with its page", () => {
  const old = sampleChat({ id: "old", ...at("20") });
  expect(withChat(pages, old, list)).toBe(pages);
  expect(ids(withChat(pages, { ...pinned, is_pinned: false }, list))).toEqual([
    ["first", "second"],
    ["third"],
  ]);
  expect(ids(withChat(whole, old, list))).toEqual([["pinned", "first", "old"]]);
});

test("chats of the same moment stand newest first", () => {
  const twin = { ...first, id: "firsu" };
  expect(ids(withChat(whole, twin, list))).toEqual([["pinned", "firsu", "first"]]);
  expect(ids(withChat(whole, { ...first, id: "firss" }, list))).toEqual([["pinned", "first", "firss"]]);
});

test("a chat that is archived changes lists", () => {
  const archived = { ...first, is_archived: true };
  expect(ids(withChat(pages, archived, list))).toEqual([["pinned", "second"], ["third"]]);
  expect(ids(withChat([{ items: [], next_cursor: null }], archived, { archived: true, q: "" }))).toEqual([
    ["first"],
  ]);
});

test("a temporary chat is in no list", () => {
  expect(withChat(pages, sampleChat({ id: "t", is_temporary: true }), list)).toBe(pages);
});

test("what was found is changed or goes, and nothing is added to it", () => {
  const found = { archived: false, q: "tide" };
  const matched: Page<FoundChat>[] = [
    { items: [{ ...first, snippet: "<mark>tide</mark>" }], next_cursor: null },
  ];
  expect(withChat(matched, second, found)).toBe(matched);
  expect(withChat(matched, { ...first, title: "New", ...at("59") }, found)[0]?.items[0]).toMatchObject({
    title: "New",
    snippet: "<mark>tide</mark>",
  });
  expect(ids(withChat(matched, { ...first, is_archived: true }, found))).toEqual([[]]);
});

test("news that comes late changes nothing", () => {
  const late = { ...first, title: "Old", updated_at: "2026-11-22T09:00:00.000Z" };
  expect(withChat(pages, late, list)).toBe(pages);
});
