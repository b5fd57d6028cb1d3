import { Trans, useLingui } from "@lingui/react/macro";
import type { KeyboardEvent } from "react";
import { endsComposition } from "@/lib/keys";
import { readUnsaved } from "@/lib/unsaved";
import { useUnsavedText } from "@/lib/use-unsaved-text";
import { Button } from "@/ui/button";
import { GrowingTextarea } from "@/ui/growing-textarea";

interface QuestionEditorProps {
  messageId: string;
  content: string;
  onSend: (content: string) => void;
  onCancel: () => void;
}

/// Whether this question was being changed when the page went away.
export const isLeftChanged = (messageId: string) => readUnsaved(nameOf(messageId)) !== null;

const nameOf = (messageId: string) => `question.${messageId}`;

export function QuestionEditor({ messageId, content, onSend, onCancel }: QuestionEditorProps) {
  const { t } = useLingui();
  const { text, keep, forget } = useUnsavedText(nameOf(messageId), content);
  const ready = text.trim() !== "" && text.trim() !== content;
  const cancel = () => {
    forget(text);
    onCancel();
  };
  const send = () => {
    if (!ready) return;
    forget(text);
    onSend(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (endsComposition(event.nativeEvent)) return;
    // A key alone throws nothing away.
    if (event.key === "Escape" && text === content) cancel();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="rounded-panel bg-sunken p-3">
      <GrowingTextarea
        aria-label={t`Edit question`}
        value={text}
        autoFocus
        onChange={({ target }) => keep(target.value)}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        className="max-h-[50dvh] px-1 outline-none"
      />
      <div className="mt-2 flex justify-end gap-2">
        <Button look="quiet" onClick={cancel}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="primary" disabled={!ready} onClick={send}>
          <Trans>Send</Trans>
        </Button>
      </div>
    </div>
  );
}
