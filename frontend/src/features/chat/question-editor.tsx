import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/ui/button";
import { GrowingTextarea } from "@/ui/growing-textarea";

interface QuestionEditorProps {
  content: string;
  onSend: (content: string) => void;
  onCancel: () => void;
}

export function QuestionEditor({ content, onSend, onCancel }: QuestionEditorProps) {
  const { t } = useLingui();
  const [text, setText] = useState(content);
  const ready = text.trim() !== "" && text.trim() !== content;
  const send = () => ready && onSend(text.trim());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onCancel();
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
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        className="max-h-[50dvh] px-1 outline-none"
      />
      <div className="mt-2 flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <Button look="primary" disabled={!ready} onClick={send}>
          <Trans>Send</Trans>
        </Button>
      </div>
    </div>
  );
}
