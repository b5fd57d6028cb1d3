import { Trans } from "@lingui/react/macro";
import { TriangleAlert } from "lucide-react";
import { Button } from "@/ui/button";
import { startFresh } from "./conversation";
import type { Unsent } from "./outbox";
import { placeOf, useUnsent } from "./unsent";

interface UnsentElsewhereProps {
  /// The conversation on the screen, which shows its own.
  conversation: string;
  /// Undefined for a new chat.
  onOpen: (chatId: string | undefined) => void;
}

/// A question that was refused waits for its person, who may be in another chat by then, or have begun a new one.
export function UnsentElsewhere({ conversation, onOpen }: UnsentElsewhereProps) {
  const question = useUnsent(({ questions }) =>
    questions.find((one) => one.refusal !== undefined && placeOf(one) !== conversation),
  );
  if (question === undefined) return null;
  return (
    <div
      role="status"
      className="mb-2 flex flex-wrap items-center gap-x-3 rounded-control bg-sunken px-3 py-1"
    >
      <TriangleAlert className="size-4.5 shrink-0 text-danger" aria-hidden="true" />
      <p className="min-w-0 flex-1 basis-48 text-base">
        <Trans>A message in another chat was not sent.</Trans>
      </p>
      <Button look="quiet" onClick={() => openChatOf(question, onOpen)}>
        <Trans>Show it</Trans>
      </Button>
    </div>
  );
}

/// Goes on where a question was asked. A chat that it has still to create will be as it was meant then.
export function openChatOf({ conversation, chatId, opening }: Unsent, open: UnsentElsewhereProps["onOpen"]) {
  if (chatId === null) startFresh(conversation, opening);
  open(chatId ?? undefined);
}
