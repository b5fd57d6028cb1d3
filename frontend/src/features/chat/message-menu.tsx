import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { RotateCcw, Trash2 } from "lucide-react";
import type { Message } from "@/api/types";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { MenuItem, MenuSeparator } from "@/ui/menu";
import { modelsQuery } from "./chat-queries";

interface MessageMenuProps {
  message: Message;
  /// Nothing that begins another answer is offered.
  busy: boolean;
  onRegenerate: (model: string) => void;
  onDelete: () => void;
}

/// What is known of a message, and what is seldom done with it.
export function MessageMenu({ message, busy, onRegenerate, onDelete }: MessageMenuProps) {
  return (
    <>
      <Facts message={message} />
      {message.role === "assistant" && !busy && (
        <OtherModels written={message.metadata.model} onChoose={onRegenerate} />
      )}
      <MenuItem danger icon={<Trash2 />} onSelect={onDelete}>
        <Trans>Delete</Trans>
      </MenuItem>
    </>
  );
}

function Facts({ message: { metadata, timestamp } }: { message: Message }) {
  const { i18n } = useLingui();
  const tokens = metadata.usage?.completion_tokens;
  return (
    <p className="px-2.5 py-1.5 text-small text-quiet">
      {i18n.date(timestamp, { dateStyle: "medium", timeStyle: "short" })}
      {metadata.model != null && <span className="block">{metadata.model}</span>}
      {tokens !== undefined && tokens > 0 && (
        <span className="block tabular-nums">
          <Plural value={tokens} one="# token" other="# tokens" />
        </span>
      )}
    </p>
  );
}

interface OtherModelsProps {
  written: string | null | undefined;
  onChoose: (model: string) => void;
}

function OtherModels({ written, onChoose }: OtherModelsProps) {
  const { t } = useLingui();
  const { data: models = [] } = useQuery(modelsQuery);
  const others = models.filter(({ id }) => id !== written);
  if (others.length === 0 || models.length < 2) return null;
  return (
    <>
      <MenuSeparator />
      <div className="max-h-48 overflow-y-auto">
        {others.map(({ id, name }) => (
          <MenuItem key={id} icon={<RotateCcw />} onSelect={() => onChoose(id)}>
            {t`Regenerate with ${name}`}
          </MenuItem>
        ))}
      </div>
      <MenuSeparator />
    </>
  );
}

interface DeleteMessageProps {
  message: Message;
  onDelete: () => void;
  onClose: () => void;
}

/// A message takes all that follows it along, and does not come back: this is asked first.
export function DeleteMessage({ message, onDelete, onClose }: DeleteMessageProps) {
  const { t } = useLingui();
  const asked = message.role === "user";
  return (
    <Dialog
      open
      onClose={onClose}
      title={asked ? t`Delete this question?` : t`Delete this answer?`}
      description={
        asked
          ? t`Its answers and everything that follows them go with it. This cannot be undone.`
          : t`Everything that follows it goes with it. This cannot be undone.`
      }
    >
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button
          look="danger"
          onClick={() => {
            onClose();
            onDelete();
          }}
        >
          <Trans>Delete</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
