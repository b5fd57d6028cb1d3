import { useEffect, useMemo, useRef } from "react";
import { forkChat } from "@/api/chats";
import { deleteMessage, rateMessage, switchBranch } from "@/api/messages";
import type { Message } from "@/api/types";
import { askAgain } from "./answers";
import { chatArrived } from "./chat-queries";
import type { MessageCommands } from "./message-commands";
import { editMessage, holdsEnd, reloadMessages, showAround } from "./message-queries";

interface CommandParts {
  chatId: string | undefined;
  send: (content: string, branch?: { parentId: string | null }) => void;
  /// Does something, and says so where it fails.
  attempt: (work: Promise<unknown>) => void;
  onForked: (chatId: string) => void;
}

export function useMessageCommands({ chatId, send, attempt, onForked }: CommandParts): MessageCommands {
  const latest = useRef({ send, onForked });
  useEffect(() => {
    latest.current = { send, onForked };
  }, [send, onForked]);
  return useMemo(
    () => ({
      edit: ({ message }, content) => latest.current.send(content, { parentId: message.parent_id }),
      regenerate: ({ message }, model) => {
        if (chatId !== undefined && message.parent_id !== null)
          void askAgain(chatId, message.parent_id, model);
      },
      remove: ({ message }) => {
        if (chatId !== undefined) attempt(deleteMessage(chatId, message.id).then(() => reloadAbove(message)));
      },
      rate: ({ message }, rating) => {
        if (chatId === undefined) return;
        const before = message.feedback;
        editMessage(chatId, message.id, (known) => ({ ...known, feedback: rating }));
        attempt(
          rateMessage(chatId, message.id, rating).catch((error: unknown) => {
            editMessage(chatId, message.id, (known) => ({ ...known, feedback: before }));
            throw error;
          }),
        );
      },
      switchTo: (messageId) => {
        if (chatId !== undefined)
          attempt(switchBranch(chatId, messageId).then(() => showAround(chatId, messageId)));
      },
      fork: ({ message }) => {
        if (chatId === undefined) return;
        attempt(
          forkChat(chatId, message.id).then((copy) => {
            chatArrived(copy);
            latest.current.onForked(copy.id);
          }),
        );
      },
    }),
    [chatId, attempt],
  );
}

/// A message is gone with all that followed it. Where the window lies above the end of the branch, it stays there.
const reloadAbove = ({ chat_id, parent_id }: Message): Promise<unknown> =>
  parent_id === null || holdsEnd(chat_id) ? reloadMessages(chat_id) : showAround(chat_id, parent_id);
