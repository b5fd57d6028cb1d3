import type { Chat } from "@/api/types";

/// A chat for tests, complete but for what the test is about.
export function sampleChat(change: Partial<Chat>): Chat {
  return {
    id: "chat",
    title: null,
    created_at: "2026-11-22T10:54:00.123Z",
    updated_at: "2026-11-22T10:54:00.123Z",
    active_at: "2026-11-22T10:54:00.123Z",
    is_archived: false,
    is_pinned: false,
    is_temporary: false,
    settings: {},
    current_message_id: null,
    message_count: 0,
    ...change,
  };
}
