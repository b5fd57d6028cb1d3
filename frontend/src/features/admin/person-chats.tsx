import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Account, Chat, Message } from "@/api/types";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { NotLoaded } from "@/ui/not-loaded";
import { Segmented } from "@/ui/segmented";
import { Skeleton } from "@/ui/skeleton";
import { chatsOfQuery, messagesOfQuery } from "./reading-queries";

interface PersonChatsProps {
  account: Account;
  onBack: () => void;
}

/// What somebody wrote and was answered, for an operator who has to know. Nothing in it is set: it is read as it was
/// typed, and loads nothing.
export function PersonChats({ account, onBack }: PersonChatsProps) {
  const { t } = useLingui();
  const [which, setWhich] = useState<"current" | "archived">("current");
  const [opened, setOpened] = useState<Chat | null>(null);
  if (opened !== null) return <OpenedChat chat={opened} onBack={() => setOpened(null)} />;
  return (
    <>
      <Head title={t`Chats of ${account.email}`} back={t`Back to the account`} onBack={onBack} />
      <Segmented
        label={t`Which chats`}
        value={which}
        options={[
          { value: "current", label: t`Current` },
          { value: "archived", label: t`Archived` },
        ]}
        onChange={setWhich}
      />
      <ChatList key={which} owner={account.id} archived={which === "archived"} onChosen={setOpened} />
    </>
  );
}

interface HeadProps {
  title: string;
  back: string;
  onBack: () => void;
}

/// What was pressed is gone, and what is shown now begins at its top.
const begin = (heading: HTMLElement | null) => heading?.focus();

function Head({ title, back, onBack }: HeadProps) {
  return (
    <div className="mb-4">
      <div className="flex items-start gap-1">
        <IconButton label={back} onClick={onBack}>
          <ArrowLeft />
        </IconButton>
        <h2
          ref={begin}
          tabIndex={-1}
          dir="auto"
          className="min-w-0 flex-1 py-1.5 text-title font-semibold wrap-anywhere outline-none"
        >
          {title}
        </h2>
      </div>
      <p className="mt-1 text-small text-quiet">
        <Trans>Each list and each page that you open here stands in the audit log, with your account.</Trans>
      </p>
    </div>
  );
}

interface ChatListProps {
  owner: string;
  archived: boolean;
  onChosen: (chat: Chat) => void;
}

function ChatList({ owner, archived, onChosen }: ChatListProps) {
  const { t, i18n } = useLingui();
  const reading = useInfiniteQuery(chatsOfQuery(owner, archived));
  const chats = reading.data?.pages.flatMap(({ items }) => items);
  return (
    <Pages reading={reading}>
      {chats?.length === 0 && (
        <p className="mt-5 text-quiet">
          <Trans>There are no chats.</Trans>
        </p>
      )}
      <ul className="mt-3">
        {chats?.map((chat) => (
          <li key={chat.id} className="border-b border-line last:border-0">
            <button
              type="button"
              className="w-full rounded-control px-2 py-2 text-start transition-colors hover:bg-hover"
              onClick={() => onChosen(chat)}
            >
              <span dir="auto" className="block wrap-anywhere">
                {chat.title ?? t`Untitled`}
              </span>
              <span className="block text-small text-quiet tabular-nums">
                {i18n.date(chat.active_at, { dateStyle: "medium", timeStyle: "short" })} ·{" "}
                <Plural value={chat.message_count} one="# message" other="# messages" />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <More reading={reading}>
        <Trans>Show more</Trans>
      </More>
    </Pages>
  );
}

function OpenedChat({ chat, onBack }: { chat: Chat; onBack: () => void }) {
  const { t } = useLingui();
  const reading = useInfiniteQuery(messagesOfQuery(chat.id));
  const messages = reading.data?.pages.toReversed().flatMap(({ items }) => items);
  return (
    <>
      <Head title={chat.title ?? t`Untitled`} back={t`Back to the chats`} onBack={onBack} />
      <Pages reading={reading}>
        <More reading={reading}>
          <Trans>Show earlier messages</Trans>
        </More>
        {messages?.length === 0 && (
          <p className="text-quiet">
            <Trans>There are no messages.</Trans>
          </p>
        )}
        <ol className="mt-3 grid gap-5">
          {messages?.map((message) => (
            <li key={message.id}>
              <ReadMessage message={message} />
            </li>
          ))}
        </ol>
      </Pages>
    </>
  );
}

function ReadMessage({ message }: { message: Message }) {
  const { t, i18n } = useLingui();
  const { role, timestamp, metadata, content, status } = message;
  return (
    <>
      <p className="text-small text-quiet tabular-nums">
        <span className="font-medium text-text">
          {role === "user" ? t`Question` : (metadata.model ?? t`Answer`)}
        </span>{" "}
        ·{" "}
        <time dateTime={timestamp}>{i18n.date(timestamp, { dateStyle: "medium", timeStyle: "short" })}</time>
      </p>
      <p dir="auto" className="mt-1 whitespace-pre-wrap wrap-anywhere">
        {content}
      </p>
      {status !== "complete" && (
        <p className="mt-1 text-small text-quiet">
          <Status status={status} />
        </p>
      )}
    </>
  );
}

function Status({ status }: { status: Exclude<Message["status"], "complete"> }) {
  switch (status) {
    case "streaming":
      return <Trans>It is being written.</Trans>;
    case "stopped":
      return <Trans>It was stopped.</Trans>;
    case "interrupted":
      return <Trans>It was interrupted.</Trans>;
    case "failed":
      return <Trans>It failed.</Trans>;
  }
}

interface Reading {
  error: Error | null;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
  refetch: () => Promise<unknown>;
}

function Pages({ reading, children }: { reading: Reading; children: ReactNode }) {
  const { error, isPending, refetch } = reading;
  if (isPending) {
    return (
      <div aria-busy="true" className="mt-4 grid gap-3">
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
        <Skeleton className="h-12" />
      </div>
    );
  }
  return (
    <>
      {children}
      {error !== null && <NotLoaded className="mt-4" error={error} onRetry={() => void refetch()} />}
    </>
  );
}

function More({ reading, children }: { reading: Reading; children: ReactNode }) {
  if (!reading.hasNextPage) return null;
  return (
    <Button className="mt-3" busy={reading.isFetchingNextPage} onClick={() => void reading.fetchNextPage()}>
      {children}
    </Button>
  );
}
