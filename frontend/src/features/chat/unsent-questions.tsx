import { Trans, useLingui } from "@lingui/react/macro";
import { Clock } from "lucide-react";
import type { ReactNode } from "react";
import { useOnline } from "@/lib/use-online";
import { Button } from "@/ui/button";
import { Notice } from "@/ui/notice";
import { toast } from "@/ui/toast";
import type { Unsent } from "./outbox";
import { forgetUnsent, keepUnsent, sendAgain, useUnsent } from "./unsent";

interface UnsentQuestionsProps {
  questions: readonly Unsent[];
  /// Puts the text into the message box.
  onEdit: (content: string) => void;
  /// The button that was pressed is gone with its question: the focus goes on from here.
  onGone: () => void;
  /// What is on the screen, under which a question may hang. Absent where nothing can be sent any more.
  isThere?: (messageId: string) => boolean;
}

/// Questions that wait to be sent, below all that was said: each says what it waits for, and can be taken back.
export function UnsentQuestions({ questions, onEdit, onGone, isThere }: UnsentQuestionsProps) {
  const { t } = useLingui();
  const edit = ({ clientId, content }: Unsent) => {
    forgetUnsent(clientId);
    onEdit(content);
  };
  const remove = (question: Unsent) => {
    forgetUnsent(question.clientId);
    onGone();
    toast(t`The message is removed.`, { label: t`Undo`, run: () => keepUnsent(question) });
  };
  const again = (question: Unsent) => {
    const { parentId } = question;
    // What it hung under may have been deleted meanwhile.
    const isLost = typeof parentId === "string" && isThere?.(parentId) !== true;
    sendAgain({ ...question, parentId: isLost ? undefined : parentId });
    onGone();
  };
  return questions.map((question, index) => (
    <UnsentQuestion key={question.clientId} content={question.content}>
      <Standing question={question} first={index === 0}>
        <span className="flex flex-wrap gap-2">
          <Button look="quiet" onClick={() => edit(question)}>
            <Trans>Edit</Trans>
          </Button>
          <Button look="quiet" onClick={() => remove(question)}>
            <Trans>Remove</Trans>
          </Button>
          {question.refusal !== undefined && isThere !== undefined && (
            <Button onClick={() => again(question)}>
              <Trans>Send again</Trans>
            </Button>
          )}
        </span>
      </Standing>
    </UnsentQuestion>
  ));
}

/// @param children how it stands with it, and what can be done
export function UnsentQuestion({ content, children }: { content: string; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <div className="mt-5 first:mt-2">
      <article aria-label={t`You`}>
        <h2 className="sr-only" aria-label={t`You`} />
        <p
          dir="auto"
          className="ms-auto w-fit max-w-[85%] rounded-panel bg-sunken px-4 py-2.5 text-body break-words whitespace-pre-wrap text-quiet"
        >
          {content}
        </p>
      </article>
      {children}
    </div>
  );
}

interface StandingProps {
  question: Unsent;
  first: boolean;
  children: ReactNode;
}

function Standing({ question: { refusal }, first, children }: StandingProps) {
  const online = useOnline();
  const reachable = useUnsent((waiting) => waiting.reachable);
  if (refusal !== undefined) {
    return (
      <Notice action={children} className="mt-2">
        {refusal.sentence} <Trans>Your message is kept here and was not sent.</Trans>
      </Notice>
    );
  }
  return (
    <div className="mt-2 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 text-small text-quiet">
      <p role="status" className="flex items-center gap-1.5">
        <Clock className="size-3.5 shrink-0" aria-hidden="true" />
        {!first ? (
          <Trans>It is sent after the one above.</Trans>
        ) : !online ? (
          <Trans>Waiting for the network. It is sent once you are online again.</Trans>
        ) : !reachable ? (
          <Trans>The server cannot be reached. It is sent once the server answers.</Trans>
        ) : (
          <Trans>Waiting to be sent</Trans>
        )}
      </p>
      {children}
    </div>
  );
}
