/// A row and how far its top lies below the top edge of the view.
export interface Anchor {
  key: string;
  messageId: string;
  offset: number;
}

/// Where each conversation was left, as the row at the top edge; absent for one left at its end.
export const places = new Map<string, Anchor>();

/// The message that stood at the top edge when the conversation was left, undefined when that was at its end.
export const placeLeft = (conversation: string) => places.get(conversation)?.messageId;
