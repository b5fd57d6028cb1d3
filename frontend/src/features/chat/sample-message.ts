import type { Message } from "@/api/types";

/// A message for tests, complete but for what the test is about.
export function sampleMessage(change: Partial<Message>): Message {
  return {
    id: "m",
    chat_id: "chat",
    parent_id: null,
    client_id: null,
    role: "user",
    content: "",
    status: "complete",
    timestamp: "2026-11-22T10:54:00.123Z",
    metadata: {},
    feedback: null,
    siblings: [],
    ...change,
  };
}
