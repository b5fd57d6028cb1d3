import type { Rating } from "@/api/types";
import type { Row } from "./conversation-rows";

/// What can be done with a message. The object stays the same while the list changes.
export interface MessageCommands {
  edit: (row: Row, content: string) => void;
  /// @param model another than the chat's
  regenerate: (row: Row, model?: string) => void;
  /// Takes the whole subtree.
  remove: (row: Row) => void;
  rate: (row: Row, rating: Rating | null) => void;
  switchTo: (messageId: string) => void;
  /// Continues in a new chat, with a copy of everything down to this message.
  fork: (row: Row) => void;
}
