import { useLingui } from "@lingui/react/macro";
import type { Chat } from "@/api/types";
import { toast, undoMillis } from "@/ui/toast";
import { useAttempt } from "@/ui/use-attempt";
import { bringBackChat, removeChat, updateChat } from "./chat-queries";

/// Takes a chat out of the list that it stands in, and offers the way back for a while.
export function usePutAway() {
  const { t } = useLingui();
  const attempt = useAttempt();

  /// Out of the archive where it is there.
  const archive = async (chat: Chat) => {
    const { is_archived } = chat;
    await updateChat(chat, { is_archived: !is_archived });
    toast(is_archived ? t`The chat is back in the list.` : t`The chat is archived.`, {
      label: t`Undo`,
      run: () => void attempt(updateChat({ ...chat, is_archived: !is_archived }, { is_archived })),
    });
  };

  const remove = async (chat: Chat) => {
    await removeChat(chat);
    toast(
      t`The chat is deleted.`,
      { label: t`Undo`, run: () => void attempt(bringBackChat(chat)) },
      { shownMillis: undoMillis },
    );
  };

  return { archive, remove };
}
