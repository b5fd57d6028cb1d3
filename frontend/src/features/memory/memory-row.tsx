import { Trans, useLingui } from "@lingui/react/macro";
import { Ellipsis, History, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { changeMemory, forgetMemory } from "@/api/memories";
import type { Memory } from "@/api/types";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { iconButtonClass } from "@/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { MemoryEditor } from "./memory-editor";
import { MemoryHistory } from "./memory-history";
import { useMemoryWords } from "./memory-words";
import { useMemoryAttempt } from "./use-memory-attempt";

export function MemoryRow({ memory }: { memory: Memory }) {
  const { t } = useLingui();
  const attempt = useMemoryAttempt();
  const [open, setOpen] = useState<"editor" | "history" | "forgetting" | null>(null);
  const { id, content, status, pinned } = memory;
  const menu = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(null);
  const closeEditor = () => {
    flushSync(close);
    menu.current?.focus();
  };

  if (open === "editor") return <MemoryEditor memory={memory} onClose={closeEditor} />;
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="break-words">
          {content}
        </p>
        <Facts memory={memory} />
        {(status === "pending" || status === "rejected") && (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button onClick={() => void attempt(changeMemory(id, { status: "active" }))}>
              <Trans>Accept</Trans>
            </Button>
            {status === "pending" && (
              <Button look="quiet" onClick={() => void attempt(changeMemory(id, { status: "rejected" }))}>
                <Trans>Refuse</Trans>
              </Button>
            )}
          </div>
        )}
      </div>
      <Menu
        align="end"
        trigger={
          <button ref={menu} type="button" aria-label={t`More for “${content}”`} className={iconButtonClass}>
            <Ellipsis />
          </button>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setOpen("editor")}>
          <Trans>Edit</Trans>
        </MenuItem>
        {status === "active" && (
          <MenuItem
            icon={pinned ? <PinOff /> : <Pin />}
            onSelect={() => void attempt(changeMemory(id, { pinned: !pinned }))}
          >
            {pinned ? <Trans>Unpin</Trans> : <Trans>Pin</Trans>}
          </MenuItem>
        )}
        <MenuItem icon={<History />} onSelect={() => setOpen("history")}>
          <Trans>History</Trans>
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setOpen("forgetting")}>
          <Trans>Forget</Trans>
        </MenuItem>
      </Menu>
      {open === "history" && <MemoryHistory memory={memory} onClose={close} />}
      <Dialog
        open={open === "forgetting"}
        title={t`Forget this?`}
        description={t`It is gone with its history. This cannot be undone.`}
        onClose={close}
      >
        <p dir="auto" className="break-words">
          {content}
        </p>
        <div className="mt-5 flex justify-end gap-2">
          <Button look="quiet" onClick={close}>
            <Trans>Cancel</Trans>
          </Button>
          <Button look="danger" onClick={() => void attempt(forgetMemory(id)).then(close)}>
            <Trans>Forget</Trans>
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

function Facts({ memory: { kind, pinned, status, valid_from, valid_to } }: { memory: Memory }) {
  const { i18n } = useLingui();
  const { kinds } = useMemoryWords();
  const from = i18n.date(valid_from, { dateStyle: "medium" });
  const to = valid_to === null ? "" : i18n.date(valid_to, { dateStyle: "medium" });
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-2 text-small text-quiet">
      {pinned && status === "active" && (
        <span className="inline-flex items-center gap-1 text-accent">
          <Pin className="size-3.5" aria-hidden="true" />
          <Trans>Pinned</Trans>
        </span>
      )}
      <span>{kinds[kind]}</span>
      <span className="tabular-nums">
        {valid_to === null ? <Trans>since {from}</Trans> : <Trans>until {to}</Trans>}
      </span>
    </p>
  );
}
