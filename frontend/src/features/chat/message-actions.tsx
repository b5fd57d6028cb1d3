import { useLingui } from "@lingui/react/macro";
import {
  ChevronLeft,
  ChevronRight,
  Ellipsis,
  Pencil,
  RotateCcw,
  ThumbsDown,
  ThumbsUp,
  VolumeX,
} from "lucide-react";
import { type ComponentProps, lazy, Suspense, use, useState } from "react";
import type { Message } from "@/api/types";
import { lateModule } from "@/lib/late-module";
import { classNames } from "@/ui/class-names";
import { CopyButton } from "@/ui/copy-button";
import { IconButton, iconButtonClass } from "@/ui/icon-button";
import { Menu } from "@/ui/menu";
import { Skeleton } from "@/ui/skeleton";
import { Toolbar } from "@/ui/toolbar";
import type { Row } from "./conversation-rows";
import type { MessageCommands } from "./message-commands";
import { stopReading, useIsRead } from "./read-aloud";

type Menus = typeof import("./message-menu");

const loadMenu = lateModule(() => import("./message-menu"));
/// It must not grow under the pointer that opened it, or would take its release for a choice.
const MessageMenu = (props: ComponentProps<Menus["MessageMenu"]>) => {
  const Loaded = use(loadMenu()).MessageMenu;
  return <Loaded {...props} />;
};
const DeleteMessage = lazy(async () => ({ default: (await loadMenu()).DeleteMessage }));

export const preloadMessageMenu = () => void loadMenu();

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
  const [deleting, setDeleting] = useState(false);
  const { message, live } = row;
  const isRead = useIsRead(message.id);
  const asked = message.role === "user";
  // A failure that wrote nothing has nothing to copy or to judge.
  const silent = message.content === "";
  // It stands at the edge of its message, whether or not the rest is in sight.
  const switcher = <BranchSwitcher message={message} disabled={busy} onSwitch={commands.switchTo} />;
  return (
    <Toolbar
      label={t`Message actions`}
      className={classNames(
        "mt-1 flex h-8 touch:h-11 items-center text-quiet",
        asked ? "justify-end" : "-ms-2",
        live && busy && "invisible",
      )}
    >
      {!asked && switcher}
      <div
        className={classNames(
          "flex items-center gap-0.5 transition-opacity",
          (last && !asked) || isRead
            ? ""
            : "hoverable:opacity-0 group-hover/message:opacity-100 group-focus-within/message:opacity-100 has-data-[state=open]:opacity-100",
        )}
      >
        {!silent && <CopyButton text={message.content} label={t`Copy`} />}
        {isRead && (
          <IconButton label={t`Stop reading`} onClick={stopReading} className="text-accent">
            <VolumeX />
          </IconButton>
        )}
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
          <Suspense fallback={<Skeleton className="m-1 h-48 w-52" />}>
            <MessageMenu
              message={message}
              busy={busy}
              onRegenerate={(model) => commands.regenerate(row, model)}
              onFork={() => commands.fork(row)}
              onDelete={() => setDeleting(true)}
            />
          </Suspense>
        </Menu>
      </div>
      {asked && switcher}
      {deleting && (
        <Suspense>
          <DeleteMessage
            message={message}
            onDelete={() => commands.remove(row)}
            onClose={() => setDeleting(false)}
          />
        </Suspense>
      )}
    </Toolbar>
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

interface BranchSwitcherProps {
  message: Message;
  disabled: boolean;
  onSwitch: (messageId: string) => void;
}

/// Always in sight: that there is another version must not be found by chance.
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
