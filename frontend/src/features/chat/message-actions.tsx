import { Plural, Trans, useLingui } from "@lingui/react/macro";
import {
  ChevronLeft,
  ChevronRight,
  Ellipsis,
  Pencil,
  RotateCcw,
  ThumbsDown,
  ThumbsUp,
  Trash2,
} from "lucide-react";
import type { Message } from "@/api/types";
import { classNames } from "@/ui/class-names";
import { CopyButton } from "@/ui/copy-button";
import { IconButton, iconButtonClass } from "@/ui/icon-button";
import { Menu, MenuItem } from "@/ui/menu";
import type { Row } from "./conversation-rows";
import type { MessageCommands } from "./message-commands";

interface MessageActionsProps {
  row: Row;
  last: boolean;
  busy: boolean;
  commands: MessageCommands;
  onEdit: () => void;
}

/// The row keeps its height while an answer is written, so that its end moves nothing.
export function MessageActions({ row, last, busy, commands, onEdit }: MessageActionsProps) {
  const { t } = useLingui();
  const { message, live } = row;
  const asked = message.role === "user";
  const hidden = live && busy;
  // A failure that wrote nothing has nothing to copy or to judge.
  const silent = message.content === "";
  return (
    <div
      className={classNames(
        "mt-1 flex h-8 touch:h-11 items-center gap-0.5 text-quiet transition-opacity",
        asked ? "justify-end" : "-ms-2",
        hidden
          ? "invisible"
          : last && !asked
            ? ""
            : "hoverable:opacity-0 group-hover/message:opacity-100 group-focus-within/message:opacity-100 has-data-[state=open]:opacity-100",
      )}
    >
      <BranchSwitcher message={message} disabled={busy} onSwitch={commands.switchTo} />
      {!silent && <CopyButton text={message.content} label={t`Copy`} />}
      {asked ? (
        <IconButton label={t`Edit`} disabled={busy} onClick={onEdit}>
          <Pencil />
        </IconButton>
      ) : (
        <>
          <IconButton label={t`Regenerate`} disabled={busy} onClick={() => commands.regenerate(row)}>
            <RotateCcw />
          </IconButton>
          {!silent && <Ratings row={row} commands={commands} />}
        </>
      )}
      <Menu
        trigger={
          <button type="button" aria-label={t`More`} className={iconButtonClass}>
            <Ellipsis />
          </button>
        }
      >
        <Facts message={message} />
        <MenuItem danger icon={<Trash2 />} onSelect={() => commands.remove(row)}>
          {asked ? <Trans>Delete question and answers</Trans> : <Trans>Delete answer</Trans>}
        </MenuItem>
      </Menu>
    </div>
  );
}

function Ratings({ row, commands }: Pick<MessageActionsProps, "row" | "commands">) {
  const { t } = useLingui();
  const { feedback } = row.message;
  return (
    <>
      <IconButton
        label={t`Good answer`}
        aria-pressed={feedback === "up"}
        className="aria-pressed:text-accent"
        onClick={() => commands.rate(row, feedback === "up" ? null : "up")}
      >
        <ThumbsUp />
      </IconButton>
      <IconButton
        label={t`Bad answer`}
        aria-pressed={feedback === "down"}
        className="aria-pressed:text-accent"
        onClick={() => commands.rate(row, feedback === "down" ? null : "down")}
      >
        <ThumbsDown />
      </IconButton>
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

interface BranchSwitcherProps {
  message: Message;
  disabled: boolean;
  onSwitch: (messageId: string) => void;
}

function BranchSwitcher({ message: { id, siblings }, disabled, onSwitch }: BranchSwitcherProps) {
  const { t } = useLingui();
  const at = siblings.indexOf(id);
  if (siblings.length < 2 || at === -1) return null;
  const before = siblings[at - 1];
  const after = siblings[at + 1];
  return (
    <div className="flex items-center">
      <IconButton
        label={t`Previous version`}
        disabled={disabled || before === undefined}
        onClick={() => before !== undefined && onSwitch(before)}
      >
        <ChevronLeft />
      </IconButton>
      <span className="text-small tabular-nums">
        {at + 1}/{siblings.length}
      </span>
      <IconButton
        label={t`Next version`}
        disabled={disabled || after === undefined}
        onClick={() => after !== undefined && onSwitch(after)}
      >
        <ChevronRight />
      </IconButton>
    </div>
  );
}
