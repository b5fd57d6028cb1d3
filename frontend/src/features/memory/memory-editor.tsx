import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useState } from "react";
import { changeMemory } from "@/api/memories";
import type { Memory, MemoryKind } from "@/api/types";
import { useSaving } from "@/lib/use-saving";
import { Button } from "@/ui/button";
import { GrowingTextarea } from "@/ui/growing-textarea";
import { Notice } from "@/ui/notice";
import { inputClass } from "@/ui/text-field";
import { KindMenu } from "./kind-menu";
import { refetchMemories } from "./memory-queries";

const longest = 2_000;

export function MemoryEditor({ memory, onClose }: { memory: Memory; onClose: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState(memory.content);
  const [kind, setKind] = useState<MemoryKind>(memory.kind);
  const content = text.trim();
  const { busy, error, run } = useSaving(async () => {
    await changeMemory(memory.id, { content, kind });
    await refetchMemories();
    onClose();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.nativeEvent.isComposing && event.key === "Escape") onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
      className="grid gap-2"
    >
      <GrowingTextarea
        aria-label={t`Edit the memory`}
        autoFocus
        dir="auto"
        value={text}
        maxLength={longest}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        className={`${inputClass} max-h-60 py-2.5`}
      />
      {error !== null && <Notice>{error.field("content") ?? error.message}</Notice>}
      <div className="flex flex-wrap items-center gap-2">
        <KindMenu value={kind} onChange={(next) => next !== null && setKind(next)} />
        <span className="flex-1" />
        <Button look="quiet" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" look="primary" busy={busy} disabled={content === ""}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  );
}
