/// The page of a chat. With a message it opens there, in the branch through it, whichever was shown before.
export function chatAddress(chatId: string, messageId?: string | null): string {
  return messageId == null ? `/chat/${chatId}` : `/chat/${chatId}?message=${messageId}`;
}
