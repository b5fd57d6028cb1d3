import type { FoundChat } from "@/api/types";

export type ChatGroup = "pinned" | "today" | "yesterday" | "week" | "month" | "older";

export interface GroupedChats {
  group: ChatGroup;
  chats: FoundChat[];
}

const dayMillis = 24 * 60 * 60 * 1000;

/// Groups chats as they are listed, pinned first and newest first, by the calendar of the reader.
export function groupChats(chats: FoundChat[], now: Date): GroupedChats[] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const groups: GroupedChats[] = [];
  for (const chat of chats) {
    const group = chat.is_pinned ? "pinned" : groupOf(Date.parse(chat.updated_at), midnight);
    const last = groups.at(-1);
    if (last?.group === group) last.chats.push(chat);
    else groups.push({ group, chats: [chat] });
  }
  return groups;
}

function groupOf(updated: number, midnight: number): ChatGroup {
  if (updated >= midnight) return "today";
  if (updated >= midnight - dayMillis) return "yesterday";
  if (updated >= midnight - 7 * dayMillis) return "week";
  if (updated >= midnight - 30 * dayMillis) return "month";
  return "older";
}
