import { create } from "zustand";
import { subscriptions } from "./live-link";

/// A moment longer than between two signs of somebody who goes on typing.
const shownMillis = 5_000;
const restMillis = 3_000;

const useTyping = create<{ chats: ReadonlySet<string> }>(() => ({ chats: new Set() }));
const timers = new Map<string, ReturnType<typeof setTimeout>>();
let told = { chatId: "", at: 0 };

/// Whether the same person is typing in this chat in another tab or on another device.
export const useTypingElsewhere = (chatId: string | undefined) =>
  useTyping(({ chats }) => chatId !== undefined && chats.has(chatId));

export function typingHeard(chatId: string) {
  clearTimeout(timers.get(chatId));
  timers.set(
    chatId,
    setTimeout(() => typingEnded(chatId), shownMillis),
  );
  useTyping.setState(({ chats }) => ({ chats: new Set(chats).add(chatId) }));
}

export function typingEnded(chatId: string) {
  clearTimeout(timers.get(chatId));
  timers.delete(chatId);
  useTyping.setState(({ chats }) => ({ chats: new Set([...chats].filter((id) => id !== chatId)) }));
}

/// Tells the person's other tabs and devices, now and then.
export function tellTyping(chatId: string) {
  if (told.chatId === chatId && Date.now() - told.at < restMillis) return;
  if (subscriptions.say({ type: "typing", chat_id: chatId })) told = { chatId, at: Date.now() };
}
