import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Brain, MessageSquareQuote } from "lucide-react";
import { useId } from "react";
import { Link } from "react-router";
import { changeMemory, undoMemory } from "@/api/memories";
import type { Memory, MemorySource, Message } from "@/api/types";
import { chatQuery } from "@/features/chat/chat-queries";
import { chatAddress } from "@/lib/chat-address";
import { profileQuery } from "@/lib/profile";
import { useUnfolded } from "@/lib/use-unfolded";
import { learnedQuery, memoryQuery } from "./memory-queries";
import { useMemoryAttempt } from "./use-memory-attempt";

/// What memory had to do with an exchange, below its answer: what the answer was told, and what was learned.
export function MemoryNotes({ message }: { message: Message }) {
  const { data: profile } = useQuery(profileQuery);
  const preferences = profile?.preferences;
  return (
    <>
      <Used
        message={message.id}
        memories={message.metadata.memories ?? []}
        recalled={message.metadata.recalled ?? []}
      />
      {preferences?.memory_enabled && message.parent_id !== null && (
        <Learned chatId={message.chat_id} messageId={message.parent_id} asks={preferences.memory_ask} />
      )}
    </>
  );
}

const noteClass =
  "inline-flex min-h-8 touch:min-h-11 items-center gap-2 rounded-control px-2.5 text-small text-quiet";

interface UsedListProps {
  memories: NonNullable<Message["metadata"]["memories"]>;
  recalled: NonNullable<Message["metadata"]["recalled"]>;
}

interface UsedProps extends UsedListProps {
  message: string;
}

function Used({ message, memories, recalled }: UsedProps) {
  const [open, unfold] = useUnfolded(`memories of ${message}`);
  const id = useId();
  const count = memories.length + recalled.length;
  if (count === 0) return null;
  return (
    <div className="mt-3">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => unfold(!open)}
        className={`${noteClass} bg-sunken hover:text-text`}
      >
        <Brain className="size-4" aria-hidden="true" />
        <Plural value={count} one="# memory used" other="# memories used" />
      </button>
      <div id={id}>{open && <UsedList memories={memories} recalled={recalled} />}</div>
    </div>
  );
}

function UsedList({ memories, recalled }: UsedListProps) {
  const found = useQueries({ queries: memories.map((id) => memoryQuery(id)) });
  return (
    <ul className="mt-2 grid gap-1.5 text-base text-quiet">
      {found.map(({ data, error }, index) => (
        <li key={memories[index]} dir="auto" className="break-words">
          {data !== undefined ? data.content : error !== null ? <Trans>It is forgotten.</Trans> : "…"}
        </li>
      ))}
      {firstOfEachChat(recalled).map((source) => (
        <li key={source.message_id}>
          <RecalledLink source={source} />
        </li>
      ))}
      {memories.length > 0 && (
        <li>
          <Link to="/memory" className="text-accent underline">
            <Trans>All memories</Trans>
          </Link>
        </li>
      )}
    </ul>
  );
}

function RecalledLink({ source: { chat_id, message_id } }: { source: MemorySource }) {
  const { data: chat } = useQuery(chatQuery(chat_id));
  return (
    <Link
      to={chatAddress(chat_id, message_id)}
      className="inline-flex max-w-full items-center gap-2 text-accent underline"
    >
      <MessageSquareQuote className="size-4 shrink-0" aria-hidden="true" />
      <span dir="auto" className="truncate">
        {chat?.title ?? <Trans>A message of another chat</Trans>}
      </span>
    </Link>
  );
}

const firstOfEachChat = (sources: MemorySource[]) => [
  ...new Map(sources.toReversed().map((source) => [source.chat_id, source])).values(),
];

interface LearnedProps {
  chatId: string;
  /// The question that something may have been learned from.
  messageId: string;
  /// What was learned waits to be accepted.
  asks: boolean;
}

function Learned({ chatId, messageId, asks }: LearnedProps) {
  const select = (memories: Memory[]) =>
    memories.filter(({ sources }) => sources.some(({ message_id }) => message_id === messageId));
  const { data: known = [] } = useQuery({ ...learnedQuery(chatId, "active"), select });
  const { data: waiting = [] } = useQuery({ ...learnedQuery(chatId, "pending"), select, enabled: asks });
  return [...waiting, ...known].map((memory) => <LearnedNote key={memory.id} memory={memory} />);
}

function LearnedNote({ memory: { id, content, status } }: { memory: Memory }) {
  const { t } = useLingui();
  const attempt = useMemoryAttempt();
  const waits = status === "pending";
  return (
    <p className={`${noteClass} mt-2 flex flex-wrap ps-0 [&>button]:font-medium [&>button]:text-accent`}>
      <Brain className="size-4 shrink-0" aria-hidden="true" />
      <span dir="auto" className="min-w-0 break-words">
        {waits ? <Trans>Remember “{content}”?</Trans> : <Trans>Remembered: {content}</Trans>}
      </span>
      {waits && (
        <>
          <button type="button" onClick={() => void attempt(changeMemory(id, { status: "active" }))}>
            <Trans>Accept</Trans>
          </button>
          <button type="button" onClick={() => void attempt(changeMemory(id, { status: "rejected" }))}>
            <Trans>Refuse</Trans>
          </button>
        </>
      )}
      {!waits && (
        <button
          type="button"
          aria-label={t`Forget “${content}”`}
          onClick={() => void attempt(undoMemory(id))}
        >
          <Trans>Undo</Trans>
        </button>
      )}
    </p>
  );
}
