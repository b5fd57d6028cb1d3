import { Trans, useLingui } from "@lingui/react/macro";
import { Archive, ArchiveRestore, Download, Ellipsis, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import { Link } from "react-router";
import type { FoundChat } from "@/api/types";
import { chatAddress } from "@/lib/chat-address";
import { lateModule } from "@/lib/late-module";
import { classNames } from "@/ui/class-names";
import { iconButtonClass } from "@/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { useAttempt } from "@/ui/use-attempt";
import { updateChat } from "./chat-queries";
import { useConversation } from "./conversation";
import { useLiveStore } from "./live-store";
import { plainText, Snippet } from "./snippet";
import { useUnseenAnswers } from "./unseen-answers";
import { usePutAway } from "./use-put-away";

const loadExport = lateModule(() => import("./chat-export"));
const ChatExport = lazy(async () => ({ default: (await loadExport()).ChatExport }));

interface ChatSidebarRowProps {
  chat: FoundChat;
  current: boolean;
  onChosen?: () => void;
  onGone?: () => void;
}

export function ChatSidebarRow({ chat, current, onChosen, onGone }: ChatSidebarRowProps) {
  const { t } = useLingui();
  const [renaming, setRenaming] = useState(false);
  const [exporting, setExporting] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const renameNext = useRef(false);
  const title = chat.title ?? t`Untitled`;
  const found = chat.snippet != null;
  const said = found && chat.message_id != null;
  // It may have been renamed since.
  const foundByTitle = found && !said && plainText(chat.snippet ?? "") === chat.title;

  const attempt = useAttempt();
  const putAway = usePutAway();
  const archive = () => {
    void attempt(putAway.archive(chat));
    if (!chat.is_archived) onGone?.();
  };
  const remove = () => {
    void attempt(putAway.remove(chat));
    onGone?.();
  };
  const rename = (name: string) => {
    setRenaming(false);
    if (name !== "" && name !== chat.title) void attempt(updateChat(chat, { title: name }));
    requestAnimationFrame(() => link.current?.focus());
  };

  if (renaming) return <TitleField title={chat.title ?? ""} onDone={rename} />;
  return (
    <div
      className={classNames(
        "group/row relative flex items-center rounded-control transition-colors hover:bg-hover has-data-[state=open]:bg-hover",
        current && "bg-hover",
      )}
    >
      <Link
        ref={link}
        to={chatAddress(chat.id, chat.message_id)}
        aria-current={current ? "page" : undefined}
        onClick={onChosen}
        onDoubleClick={() => setRenaming(true)}
        title={title}
        className={classNames(
          "flex min-h-9 touch:min-h-11 min-w-0 flex-1 flex-col justify-center rounded-control ps-2.5",
          // The button beside it takes its room only where it is shown.
          current
            ? "pe-9"
            : "pe-2.5 group-hover/row:pe-9 group-focus-within/row:pe-9 group-has-data-[state=open]/row:pe-9",
          "touch:pe-11",
          said && "py-1.5",
        )}
      >
        <span className="flex items-center gap-2">
          <span dir="auto" className={classNames("truncate text-base", chat.title === null && "text-quiet")}>
            {foundByTitle ? <Snippet html={chat.snippet ?? ""} /> : title}
          </span>
          <AnswerMark chatId={chat.id} current={current} />
        </span>
        {said && (
          <span dir="auto" className="line-clamp-2 text-small text-quiet">
            <Snippet html={chat.snippet ?? ""} />
          </span>
        )}
      </Link>
      <Menu
        onCloseAutoFocus={(event) => {
          if (!renameNext.current) return;
          renameNext.current = false;
          event.preventDefault();
          setRenaming(true);
        }}
        trigger={
          <button
            type="button"
            aria-label={t`Options for ${title}`}
            className={classNames(
              iconButtonClass,
              "absolute end-0.5 hoverable:opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100",
              current && "opacity-100!",
            )}
          >
            <Ellipsis />
          </button>
        }
      >
        <MenuItem
          icon={<Pencil />}
          onSelect={() => {
            renameNext.current = true;
          }}
        >
          <Trans>Rename</Trans>
        </MenuItem>
        <MenuItem
          icon={chat.is_pinned ? <PinOff /> : <Pin />}
          onSelect={() => attempt(updateChat(chat, { is_pinned: !chat.is_pinned }))}
        >
          {chat.is_pinned ? <Trans>Unpin</Trans> : <Trans>Pin</Trans>}
        </MenuItem>
        <MenuItem icon={chat.is_archived ? <ArchiveRestore /> : <Archive />} onSelect={archive}>
          {chat.is_archived ? <Trans>Unarchive</Trans> : <Trans>Archive</Trans>}
        </MenuItem>
        <MenuItem icon={<Download />} onSelect={() => setExporting(true)}>
          <Trans>Export…</Trans>
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 />} onSelect={remove}>
          <Trans>Delete</Trans>
        </MenuItem>
      </Menu>
      {exporting && (
        <Suspense>
          <ChatExport chatId={chat.id} title={title} onClose={() => setExporting(false)} />
        </Suspense>
      )}
    </div>
  );
}

/// That an answer is being written there, or has been since the chat was last looked at.
function AnswerMark({ chatId, current }: { chatId: string; current: boolean }) {
  const { t } = useLingui();
  const conversation = useConversation(chatId);
  const writing = useLiveStore(({ answers }) => answers[conversation] !== undefined);
  const unseen = useUnseenAnswers((chats) => chats.has(chatId));
  if (current || (!writing && !unseen)) return null;
  return (
    <span
      role="img"
      aria-label={writing ? t`An answer is being written` : t`A new answer`}
      className={classNames("size-2 shrink-0 rounded-full bg-accent", writing && "waiting-mark")}
    />
  );
}

function TitleField({ title, onDone }: { title: string; onDone: (title: string) => void }) {
  const { t } = useLingui();
  const done = useRef(false);
  const finish = (value: string) => {
    if (done.current) return;
    done.current = true;
    onDone(value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") finish(event.currentTarget.value.trim());
    if (event.key === "Escape") {
      event.stopPropagation();
      finish(title);
    }
  };
  return (
    <input
      aria-label={t`Title`}
      dir="auto"
      defaultValue={title}
      maxLength={200}
      autoFocus
      onFocus={({ target }) => target.select()}
      onBlur={({ target }) => finish(target.value.trim())}
      onKeyDown={onKeyDown}
      className="h-9 touch:h-11 w-full rounded-control border border-accent bg-raised px-2.5 text-base touch:text-body"
    />
  );
}
