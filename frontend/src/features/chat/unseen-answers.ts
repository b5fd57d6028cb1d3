import { useEffect } from "react";
import { create } from "zustand";

/// Chats whose answer ended while nobody looked at them.
const useUnseen = create<{ chats: ReadonlySet<string> }>(() => ({ chats: new Set() }));

let shownChat: string | null = null;

const isSeen = (chatId: string) => chatId === shownChat && !document.hidden;

export function useUnseenAnswers<T>(select: (chats: ReadonlySet<string>) => T): T {
  return useUnseen(({ chats }) => select(chats));
}

export function answerFinished(chatId: string) {
  if (isSeen(chatId)) return;
  useUnseen.setState(({ chats }) => ({ chats: new Set(chats).add(chatId) }));
}

/// Says that this chat is on the screen.
export function useSeen(chatId: string | undefined) {
  useEffect(() => {
    shownChat = chatId ?? null;
    const see = () => {
      if (chatId === undefined || !isSeen(chatId)) return;
      useUnseen.setState(({ chats }) => {
        if (!chats.has(chatId)) return { chats };
        const others = new Set(chats);
        others.delete(chatId);
        return { chats: others };
      });
    };
    see();
    document.addEventListener("visibilitychange", see);
    return () => {
      document.removeEventListener("visibilitychange", see);
      shownChat = null;
    };
  }, [chatId]);
}
