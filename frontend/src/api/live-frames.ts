import { type AnswerEvent, isAnswerEvent } from "./answer-events";
import type { Chat } from "./types";

/// What the server says over the live connection.
export type LiveFrame =
  | { kind: "ready" }
  /// News may have been missed: whoever shows something looks for himself.
  | { kind: "resync" }
  | { kind: "chat"; change: "created" | "updated" | "deleted"; chat: Chat }
  /// The same person is typing in another tab or on another device.
  | { kind: "typing"; chatId: string }
  | { kind: "answer"; chatId: string; messageId: string; event: AnswerEvent }
  /// A frame of ours was not accepted; the connection stays.
  | { kind: "refused"; code: string; message: string };

/// What a client says. A subscription begins with all of an answer that is being written, or after the
/// event that was seen last.
export type ClientFrame =
  | { type: "subscribe"; chat_id: string; message_id?: string; after?: number }
  | { type: "unsubscribe"; chat_id: string }
  | { type: "typing"; chat_id: string }
  | { type: "ping" };

interface RawFrame {
  type: string;
  id?: number;
  chat_id?: string;
  message_id?: string;
  chat?: Chat;
  code?: string;
  message?: unknown;
}

const changes = new Map([
  ["chat.created", "created"],
  ["chat.updated", "updated"],
  ["chat.deleted", "deleted"],
] as const);

/// @returns null for what this version does not know, so that the server may add some
export function readFrame(text: string): LiveFrame | null {
  const frame = JSON.parse(text) as RawFrame;
  const { type, chat_id, message_id, id, chat } = frame;
  if (type === "ready" || type === "resync") return { kind: type };
  if (type === "typing" && chat_id !== undefined) return { kind: "typing", chatId: chat_id };
  const change = changes.get(type as "chat.created");
  if (change !== undefined) return chat === undefined ? null : { kind: "chat", change, chat };
  if (isAnswerEvent(type) && id !== undefined && chat_id !== undefined && message_id !== undefined) {
    return { kind: "answer", chatId: chat_id, messageId: message_id, event: frame as AnswerEvent };
  }
  if (type === "error") return { kind: "refused", code: frame.code ?? "", message: String(frame.message) };
  return null;
}
