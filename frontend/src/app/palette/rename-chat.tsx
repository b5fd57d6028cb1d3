import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useParams } from "react-router";
import { updateChat, useChat } from "@/features/chat/chat-queries";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { useAttempt } from "@/ui/use-attempt";
import { closeOverlay } from "../overlays";

/// Gives the chat on the screen another title.
export function RenameChat() {
  const { t } = useLingui();
  const attempt = useAttempt();
  const { chatId } = useParams();
  const { data: chat } = useChat(chatId);
  const [title, setTitle] = useState(chat?.title ?? "");
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const name = title.trim();
    closeOverlay();
    if (chat === undefined || name === "" || name === chat.title) return;
    void attempt(updateChat(chat, { title: name }));
  };
  return (
    <Dialog open title={t`Rename the chat`} onClose={closeOverlay}>
      <form onSubmit={onSubmit} className="grid gap-4">
        <TextField
          label={t`Title`}
          value={title}
          maxLength={200}
          autoFocus
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setTitle(target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={closeOverlay}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look="primary">
            <Trans>Rename</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
