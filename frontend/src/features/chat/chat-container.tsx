import { Trans, useLingui } from "@lingui/react/macro";
import { type ComponentProps, lazy, type ReactNode, Suspense, use, useEffect, useMemo, useRef } from "react";
import { ApiError } from "@/api/api-error";
import { lateModule } from "@/lib/late-module";
import { Button } from "@/ui/button";
import { NotLoaded } from "@/ui/not-loaded";
import { Notice } from "@/ui/notice";
import { Skeleton } from "@/ui/skeleton";
import { useAttempt } from "@/ui/use-attempt";
import { useHeightVariable } from "@/ui/use-height-variable";
import { AnswerAnnouncer } from "./answer-announcer";
import { stop } from "./answers";
import { updateChat, useChat } from "./chat-queries";
import { ConnectModel } from "./connect-model";
import { freshConversation, startFresh, useChatOf, useConversation } from "./conversation";
import { conversationRows } from "./conversation-rows";
import { EmptyConversation } from "./empty-conversation";
import { useFreshOpening } from "./fresh-opening";
import { isConnected, subscriptions } from "./live-link";
import { dropLive } from "./live-store";
import { MessageInput, type MessageInputHandle } from "./message-input";
import type { MessageListHandle } from "./message-list";
import { reloadMessages, showEnd } from "./message-queries";
import { ModelPicker } from "./model-picker";
import { changeOpening } from "./opening";
import { stopReading } from "./read-aloud";
import { TypingIndicator } from "./typing-indicator";
import { useSeen } from "./unseen-answers";
import { useQueue } from "./unsent";
import { UnsentElsewhere } from "./unsent-elsewhere";
import { UnsentQuestions } from "./unsent-questions";
import { useLeftUnsent } from "./use-left-unsent";
import { useMessageCommands } from "./use-message-commands";
import { useMessageWindow } from "./use-message-window";
import type { OpenedAt } from "./use-opened-at";
import { useStreamingMessage } from "./use-streaming-message";

const newsMillis = 300;

type Lists = typeof import("./message-list");

/// Messages are set by a part of the app that comes after the message box.
const loadList = lateModule(() => import("./message-list"));
/// How long a chat waits for all of it. Then its answers are plain text until it comes, and move when it does.
const longestWaitMillis = 4_000;

const loadLeftHere = lateModule(() => import("./left-here"));
const LeftHere = lazy(async () => ({ default: (await loadLeftHere()).LeftHere }));

let listReady: Promise<Lists> | undefined;
function whenListReady(): Promise<Lists> {
  listReady ??= loadList().then(async (list) => {
    const tooLong = new Promise((resolve) => setTimeout(resolve, longestWaitMillis));
    await Promise.race([list.preloadMessageParts(), tooLong]);
    return list;
  });
  return listReady;
}

const MessageList = (props: ComponentProps<Lists["MessageList"]>) => {
  const Loaded = use(whenListReady()).MessageList;
  return <Loaded {...props} />;
};

interface ChatContainerProps {
  chatId: string | undefined;
  /// The first question has made the chat: its address can be shown.
  onCreated: (chatId: string) => void;
  /// Another chat is to be shown, or the new one where there is no id.
  onOpen: (chatId: string | undefined) => void;
  onNewChat: () => void;
  /// The message that the chat is opened at.
  openedAt?: OpenedAt;
  /// The person has gone on from there.
  onMovedOn?: () => void;
  header: ReactNode;
  notFound: ReactNode;
}

/// A conversation with its message box. It stays mounted when a new chat learns its id.
export function ChatContainer({ chatId, ...rest }: ChatContainerProps) {
  const conversation = useConversation(chatId);
  useEffect(() => {
    if (chatId !== undefined && conversation === freshConversation()) startFresh();
  }, [chatId, conversation]);
  useEffect(() => {
    void whenListReady();
  }, []);
  useSeen(chatId);
  useWatched(chatId);
  useLeftUnsent(chatId, rest.onCreated);
  return <Conversation key={conversation} conversation={conversation} chatId={chatId} {...rest} />;
}

function Conversation({
  conversation,
  chatId,
  onCreated,
  onOpen,
  onNewChat,
  openedAt,
  onMovedOn,
  header,
  notFound,
}: ChatContainerProps & { conversation: string }) {
  const { t } = useLingui();
  const chat = useChat(chatId);
  useEffect(() => stopReading, []);
  const held = useMessageWindow(chatId, conversation, openedAt);
  const { messages, stored, complete, error } = held;
  const fresh = useFreshOpening();
  const { live, busy, send } = useStreamingMessage({
    conversation,
    chatId,
    stored,
    end: held.end,
  });
  const queue = useQueue(conversation, live?.question?.client_id);
  const created = useChatOf(conversation);
  useEffect(() => {
    if (chatId === undefined && created !== undefined) onCreated(created);
  }, [chatId, created, onCreated]);
  const behind =
    live === undefined &&
    complete &&
    !held.seeking &&
    chat.data !== undefined &&
    chat.dataUpdatedAt > held.updatedAt &&
    stored !== undefined &&
    chat.data.current_message_id !== (stored.at(-1)?.id ?? null);
  useReloadWhen(behind, chatId);
  const list = useRef<MessageListHandle>(null);
  const input = useRef<MessageInputHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const composer = useHeightVariable("--below-messages", root);
  const rows = useMemo(() => conversationRows(messages, live, complete), [messages, live, complete]);
  const reachesEnd = complete || rows.at(-1)?.live === true;
  const questions = useMemo(
    () => rows.filter(({ message }) => message.role === "user").map(({ message }) => message.content),
    [rows],
  );

  const found = held.seeking
    ? undefined
    : rows.find(({ message }) => message.id === openedAt?.messageId)?.key;

  const attempt = useAttempt();
  const commands = useMessageCommands({ chatId, send, attempt, onForked: onOpen });

  const beyond =
    !complete && live !== undefined && live.after !== null && messages.every(({ id }) => id !== live.after);
  const begins = live?.phase === "sending" ? live.startedAt : null;
  const beginning = useRef({ beyond, onMovedOn });
  useEffect(() => {
    beginning.current = { beyond, onMovedOn };
  });
  useEffect(() => {
    if (begins === null) return;
    list.current?.beginTurn();
    if (beginning.current.beyond && chatId !== undefined) attempt(showEnd(chatId));
    beginning.current.onMovedOn?.();
  }, [begins, chatId, attempt]);

  const goToEnd = () => {
    onMovedOn?.();
    if (chatId !== undefined) attempt(showEnd(chatId).then(() => list.current?.toEnd()));
  };

  const choose = (model: string) => {
    if (chatId === undefined) changeOpening({ settings: { ...fresh.settings, model } });
    else if (chat.data !== undefined) attempt(updateChat(chat.data, { settings: { model } }));
  };

  const gone = [error, chat.error].some(
    (failure) => failure instanceof ApiError && (failure.status === 404 || failure.status === 400),
  );
  if (gone) {
    return (
      <div className="flex h-full flex-col">
        {header}
        {notFound}
        <Suspense>
          <LeftHere conversation={conversation} chatId={chatId} onNewChat={onNewChat} />
        </Suspense>
      </div>
    );
  }

  const waiting = live !== undefined && live.answer === null && live.phase !== "unsent";
  const end = (
    <>
      {waiting && <TypingIndicator startedAt={live.startedAt} reconnecting={live.phase === "reconnecting"} />}
      {live?.phase === "unsent" && (
        <Notice
          action={
            <Button onClick={() => dropLive(conversation)}>
              <Trans>Dismiss</Trans>
            </Button>
          }
        >
          {live.failure?.sentence}
        </Notice>
      )}
      <UnsentQuestions
        questions={queue}
        onEdit={(content) => input.current?.give(content)}
        onGone={() => input.current?.focus()}
        isThere={(messageId) => messages.some(({ id }) => id === messageId)}
      />
    </>
  );
  const hasEnd = waiting || live?.phase === "unsent" || queue.length > 0;

  const empty = chatId === undefined && live === undefined && queue.length === 0;
  return (
    <div ref={root} className="relative flex h-full min-h-0 flex-col">
      {header}
      {!empty && <h1 className="sr-only">{chat.data?.title ?? t`Chat`}</h1>}
      {empty ? (
        <EmptyConversation temporary={fresh.is_temporary} onAsk={(question) => send(question)} />
      ) : stored === undefined && chatId !== undefined && live === undefined ? (
        <div className="min-h-0 flex-1 overflow-y-auto pb-(--below-messages)">
          {error === null ? (
            <LoadingConversation />
          ) : (
            <div className="column pt-8">
              <NotLoaded error={error} onRetry={() => void held.refetch()}>
                <Trans>The messages could not be loaded.</Trans>
              </NotLoaded>
            </div>
          )}
          {hasEnd && <div className="column message-answer">{end}</div>}
        </div>
      ) : (
        <Suspense fallback={<LoadingConversation />}>
          <MessageList
            ref={list}
            conversation={conversation}
            rows={rows}
            busy={busy}
            commands={commands}
            end={hasEnd ? end : undefined}
            loadOlder={held.loadOlder}
            loadNewer={reachesEnd ? undefined : held.loadNewer}
            onEnd={goToEnd}
            found={found}
            visit={openedAt?.visit}
          />
        </Suspense>
      )}
      <div ref={composer} className="composer pointer-events-none absolute inset-x-0 bottom-0">
        <div className="pointer-events-auto column">
          <UnsentElsewhere conversation={conversation} onOpen={onOpen} />
          <MessageInput
            ref={input}
            chatId={chatId}
            questions={questions}
            busy={busy}
            stopping={live?.stopping === true}
            onSend={send}
            onStop={() => attempt(stop(conversation))}
          />
          <div className="grid min-h-9 content-center justify-items-center py-1">
            <ModelPicker
              chosen={(chatId === undefined ? fresh : chat.data)?.settings.model ?? null}
              settled={chatId === undefined && fresh.settled}
              onChoose={choose}
            />
            <ConnectModel />
          </div>
        </div>
      </div>
      <AnswerAnnouncer conversation={conversation} />
    </div>
  );
}

function LoadingConversation() {
  return (
    <div className="column flex-1 pt-6" role="status" aria-busy="true">
      <span className="sr-only">
        <Trans>Loading messages</Trans>
      </span>
      <Skeleton className="ms-auto h-11 w-3/5" />
      <Skeleton className="mt-9 h-5 w-11/12" />
      <Skeleton className="mt-3 h-5 w-10/12" />
      <Skeleton className="mt-3 h-5 w-2/3" />
    </div>
  );
}

/// The conversation went on elsewhere, on another device or in another tab. The live connection may be about
/// to say how.
function useReloadWhen(behind: boolean, chatId: string | undefined) {
  useEffect(() => {
    if (!behind || chatId === undefined) return;
    const timer = setTimeout(() => void reloadMessages(chatId), isConnected() ? newsMillis : 0);
    return () => clearTimeout(timer);
  }, [behind, chatId]);
}

/// Tells the live connection which chat is on the screen.
function useWatched(chatId: string | undefined) {
  useEffect(() => {
    subscriptions.watch(chatId ?? null);
    return () => subscriptions.watch(null);
  }, [chatId]);
}
