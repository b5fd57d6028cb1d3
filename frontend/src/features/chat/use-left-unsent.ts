import { useEffect } from "react";
import { freshConversation } from "./conversation";
import { liveAnswer } from "./live-store";
import { searchOutbox, useUnsent } from "./unsent";
import { openChatOf } from "./unsent-elsewhere";

let looked = false;

/// The page that is loaded anew on a new chat goes on with what was asked there before. A new chat that somebody begins
/// later is another one.
export function useLeftUnsent(chatId: string | undefined, openChat: (chatId: string) => void) {
  useEffect(() => {
    if (looked) return;
    looked = true;
    const fresh = freshConversation();
    void searchOutbox().then(() => {
      // Somebody who has gone on meanwhile is not called back.
      if (chatId !== undefined || freshConversation() !== fresh || liveAnswer(fresh) !== undefined) return;
      const question = useUnsent.getState().questions.find(({ isNew }) => isNew === true);
      if (question !== undefined) openChatOf(question, (id) => id !== undefined && openChat(id));
    });
  }, [chatId, openChat]);
}
