import type { FoundChat } from "@/api/types";

export type ChatGroup = "pinned" | "today" | "yesterday" | "week" | "month" | "older";

export interface GroupedChats {
  group: ChatGroup;
  chats: FoundChat[];
}

const dayMillis = 24 * 60 * 60 * 1000;

/// Groups chats as they are listed, pinned first and newest activity first, by the calendar of the reader.
export function groupChats(chats: FoundChat[], today: Date): GroupedChats[] {
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  const groups = new Map<ChatGroup, FoundChat[]>();
  for (const chat of chats) {
    const group = chat.is_pinned ? "pinned" : groupOf(Date.parse(chat.active_at), midnight);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [chat]);
    else members.push(chat);
  }
  return [...groups].map(([group, members]) => ({ group, chats: members }));
}

function groupOf(active: number, midnight: number): ChatGroup {
  if (active >= midnight) return "today";
  if (active >= midnight - dayMillis) return "yesterday";
  if (active >= midnight - 7 * dayMillis) return "week";
  if (active >= midnight - 30 * dayMillis) return "month";
  return "older";
}
