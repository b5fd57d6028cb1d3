import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { GitFork, RotateCcw, Trash2, Volume2 } from "lucide-react";
import type { Message, Usage } from "@/api/types";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { MenuItem, MenuSeparator } from "@/ui/menu";
import { toast } from "@/ui/toast";
import { modelsQuery } from "./chat-queries";
import { canReadAloud, readAloud } from "./read-aloud";

interface MessageMenuProps {
  message: Message;
  /// Nothing that begins another answer is offered.
  busy: boolean;
  onRegenerate: (model: string) => void;
  onFork: () => void;
  onDelete: () => void;
}

/// What is known of a message, and what is seldom done with it.
export function MessageMenu({ message, busy, onRegenerate, onFork, onDelete }: MessageMenuProps) {
  return (
    <>
      <Facts message={message} />
      {message.role === "assistant" && !busy && (
        <OtherModels written={message.metadata.model} onChoose={onRegenerate} />
      )}
      {message.role === "assistant" && message.content !== "" && canReadAloud() && (
        <ReadAloud message={message} />
      )}
      {message.status !== "streaming" && (
        <MenuItem icon={<GitFork />} onSelect={onFork}>
          <Trans>Continue in a new chat</Trans>
        </MenuItem>
      )}
      <MenuItem danger icon={<Trash2 />} onSelect={onDelete}>
        <Trans>Delete</Trans>
      </MenuItem>
    </>
  );
}

function ReadAloud({ message }: { message: Message }) {
  const { t } = useLingui();
  const read = () =>
    readAloud(message, { code: t`Code`, formula: t`formula` }, () =>
      toast(t`The browser could not read it aloud.`),
    );
  return (
    <MenuItem icon={<Volume2 />} onSelect={read}>
      <Trans>Read aloud</Trans>
    </MenuItem>
  );
}

function Facts({ message: { metadata, timestamp } }: { message: Message }) {
  const { i18n } = useLingui();
  const { model, usage } = metadata;
  return (
    <p className="px-2.5 py-1.5 text-small text-quiet">
      {i18n.date(timestamp, { dateStyle: "medium", timeStyle: "short" })}
      {model != null && <span className="block">{model}</span>}
      {usage != null && <Tokens {...usage} />}
    </p>
  );
}

function Tokens({ prompt_tokens, completion_tokens, cached_tokens }: Usage) {
  const { i18n } = useLingui();
  return (
    <span className="block tabular-nums">
      <Plural value={completion_tokens} one="# token written" other="# tokens written" />
      {prompt_tokens > 0 && (
        <span className="block">
          <Plural value={prompt_tokens} one="# token read" other="# tokens read" />
          {cached_tokens != null && cached_tokens > 0 && (
            <>
              {", "}
              <Trans>{i18n.number(cached_tokens)} from the cache</Trans>
            </>
          )}
        </span>
      )}
    </span>
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
