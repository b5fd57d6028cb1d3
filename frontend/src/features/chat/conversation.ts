import { create } from "zustand";
import { newId } from "@/lib/new-id";
import { changeOpening, type Opening, resetOpening } from "./opening";

/// A conversation begins before its chat exists. Its name is then the `client_id` that the chat will be
/// created with, and stays so afterwards: nothing is mounted anew when the URL learns the chat's id.
interface Conversations {
  fresh: string;
  names: Readonly<Record<string, string>>;
}

const useConversations = create<Conversations>(() => ({ fresh: newId(), names: {} }));

export function useConversation(chatId: string | undefined): string {
  return useConversations(({ fresh, names }) => (chatId === undefined ? fresh : (names[chatId] ?? chatId)));
}

export const freshConversation = () => useConversations.getState().fresh;

export const conversationOf = (chatId: string) => useConversations.getState().names[chatId] ?? chatId;

/// The chat that a conversation has become, undefined as long as it has none.
export const useChatOf = (conversation: string): string | undefined =>
  useConversations(({ names }) => Object.keys(names).find((chatId) => names[chatId] === conversation));

/// The next new chat is another one than the last.
/// @param opening what it will be created with, where that is known
export function startFresh(conversation = newId(), opening?: Opening) {
  useConversations.setState({ fresh: conversation });
  resetOpening();
  if (opening !== undefined) changeOpening(opening);
}

export function nameConversation(chatId: string, conversation: string) {
  useConversations.setState(({ names }) => ({ names: { ...names, [chatId]: conversation } }));
}
