import { expect, test } from "vitest";
import type { FoundChat } from "@/api/types";
import { groupChats } from "./chat-groups";

const now = new Date(2026, 10, 22, 9, 30);
const chat = (id: string, updated: Date, is_pinned = false) =>
  ({ id, is_pinned, updated_at: updated.toISOString() }) as FoundChat;

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
