import { expect, test } from "vitest";
import { groupChats } from "./chat-groups";
import { sampleChat } from "./sample-chat";

const now = new Date(2026, 10, 22, 9, 30);
const chat = (id: string, active: Date, is_pinned = false) =>
  sampleChat({ id, is_pinned, active_at: active.toISOString(), updated_at: now.toISOString() });

test("chats are grouped by the reader's calendar, pinned ones first", () => {
  const groups = groupChats(
    [
      chat("pinned", new Date(2024, 0, 1), true),
      chat("early", new Date(2026, 10, 22, 0, 1)),
      chat("late", new Date(2026, 10, 21, 23, 59)),
      chat("week", new Date(2026, 10, 16)),
      chat("month", new Date(2026, 9, 30)),
      chat("older", new Date(2026, 8, 1)),
    ],
    now,
  );
  expect(groups.map(({ group, chats }) => [group, chats.map(({ id }) => id).join()])).toEqual([
    ["pinned", "pinned"],
    ["today", "early"],
    ["yesterday", "late"],
    ["week", "week"],
    ["month", "month"],
    ["older", "older"],
  ]);
});

test("a group has one place, also while the list is between two orders", () => {
  const today = new Date(2026, 10, 22, 8);
  const mixed = [chat("one", today), chat("old", new Date(2026, 8, 1)), chat("two", today)];
  const groups = groupChats(mixed, now);
  expect(groups.map(({ group, chats }) => [group, chats.map(({ id }) => id).join()])).toEqual([
    ["today", "one,two"],
    ["older", "old"],
  ]);
});
