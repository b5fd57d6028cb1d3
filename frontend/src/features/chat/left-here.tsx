import { Trans } from "@lingui/react/macro";
import { useEffect, useId, useState } from "react";
import { Button } from "@/ui/button";
import { useQueue } from "./unsent";
import { UnsentQuestion, UnsentQuestions } from "./unsent-questions";
import { draftForNewChat, drafts } from "./use-draft";

interface LeftHereProps {
  conversation: string;
  chatId: string | undefined;
  onNewChat: () => void;
}

/// What was typed in a chat that is gone by now, on another device perhaps: a new one can begin with it.
export function LeftHere({ conversation, chatId, onNewChat }: LeftHereProps) {
  const headingId = useId();
  const queue = useQueue(conversation, null);
  const [draft, setDraft] = useState("");
  useEffect(() => {
    // The message box that stood here has saved it by then.
    setDraft(drafts()?.read(chatId) ?? "");
  }, [chatId]);
  const editAnew = (content: string) => {
    draftForNewChat(content);
    onNewChat();
  };
  const drop = () => {
    drafts()?.write(chatId, "");
    setDraft("");
  };
  const focusPage = () => document.getElementById("main")?.focus();
  if (queue.length === 0 && draft === "") return null;
  return (
    <section aria-labelledby={headingId} className="column max-h-[55dvh] overflow-y-auto pb-8">
      <h2 id={headingId} className="mb-3 font-medium">
        <Trans>What you typed here was not sent</Trans>
      </h2>
      <UnsentQuestions questions={queue} onEdit={editAnew} onGone={focusPage} />
      {draft !== "" && (
        <UnsentQuestion content={draft}>
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <Button
              look="quiet"
              onClick={() => {
                drop();
                editAnew(draft);
              }}
            >
              <Trans>Edit</Trans>
            </Button>
            <Button
              look="quiet"
              onClick={() => {
                drop();
                focusPage();
              }}
            >
              <Trans>Remove</Trans>
            </Button>
          </div>
        </UnsentQuestion>
      )}
    </section>
  );
}
