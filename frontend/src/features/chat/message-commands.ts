import type { Rating } from "@/api/types";
import type { Row } from "./conversation-rows";

/// What can be done with a message. The object stays the same while the list changes.
export interface MessageCommands {
  edit: (row: Row, content: string) => void;
  regenerate: (row: Row) => void;
  remove: (row: Row) => void;
  rate: (row: Row, rating: Rating | null) => void;
  switchTo: (messageId: string) => void;
}
