import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { AnswerEvent } from "@/api/answer-events";
import { ApiError } from "@/api/api-error";
import { createChat } from "@/api/chats";
import { joinAnswer, regenerate, sendMessage, stopAnswer } from "@/api/messages";
import type { Message } from "@/api/types";
import { backoff } from "@/lib/backoff";
import { newId } from "@/lib/new-id";
import { queryClient } from "@/lib/query-client";
import { signedInAgain } from "@/lib/session";
import { chatArrived, chatQuery, chatsChanged } from "./chat-queries";
import { conversationOf, nameConversation } from "./conversation";
import { begin, isLast, type LiveAnswer } from "./live-answer";
import { overheard, readOverLink, subscriptions } from "./live-link";
import { dropLive, lastSeenId, liveAnswer, patchLive, push, setLive } from "./live-store";
import { cachedMessages, reloadMessages, seedMessages, settleTurn } from "./message-queries";
import type { Opening } from "./opening";
import { answerFinished } from "./unseen-answers";
import { forgetUnsent, keepUnsent, nameUnsent, refuseUnsent, useUnsent } from "./unsent";

type Events = AsyncGenerator<AnswerEvent>;
type Connect = (signal: AbortSignal) => Promise<Events>;

/// A browser allows one server six connections over all tabs; what is left is for everything else.
const mostConnections = 3;
/// How often an unacknowledged question is offered again before it waits, or its person is asked.
const mostSends = 4;

interface Line {
  conversation: string;
  chatId: string | null;
  /// Whether it is a connection of its own, and not a part of the tab's live connection.
  byRequest: boolean;
  abort: AbortController;
}

/// The answers that are being read, oldest first. Closing a line loses nothing: the server goes on answering.
let lines: Line[] = [];

const lineOf = (conversation: string) => lines.find((line) => line.conversation === conversation);

const newLine = (conversation: string, chatId: string | null): Line => ({
  conversation,
  chatId,
  byRequest: false,
  abort: new AbortController(),
});

export interface Question {
  conversation: string;
  chatId: string | null;
  content: string;
  /// Absent at the end of the branch; else the question becomes another child of this message, or a root.
  parentId?: string | null;
  /// What stands above it on the screen.
  after: string | null;
  /// What a new chat is created with.
  opening: Opening;
  clientId?: string;
}

/// Shows the question at once and follows its answer to the end. A question without a chat creates it. One that does
/// not reach the server waits in the outbox.
export async function ask(question: Question): Promise<void> {
  const clientId = question.clientId ?? newId();
  const { conversation, content, parentId, opening } = question;
  const line = newLine(conversation, question.chatId);
  setLive(
    conversation,
    begin({ after: question.after, question: typed(question, clientId), startedAt: Date.now() }),
  );
  keepUnsent({ clientId, conversation, chatId: line.chatId, parentId, content, opening });

  await follow(line, async (signal) => {
    if (line.chatId === null) {
      const chat = await createChat({ client_id: conversation, ...opening });
      line.chatId = chat.id;
      subscriptions.mute(chat.id);
      nameUnsent(conversation, chat.id);
      seedMessages(chat.id);
      nameConversation(chat.id, conversation);
      chatArrived(chat);
    }
    return sendMessage(
      line.chatId,
      { content, client_id: clientId, ...(parentId === undefined ? {} : { parent_id: parentId }) },
      signal,
    );
  });
}

/// Asks for another answer to a question.
export function askAgain(chatId: string, questionId: string, model?: string) {
  const conversation = conversationOf(chatId);
  const clientId = newId();
  setLive(conversation, begin({ after: questionId, question: null, startedAt: Date.now() }));
  return follow(newLine(conversation, chatId), (signal) =>
    regenerate(chatId, questionId, { client_id: clientId, model }, signal),
  );
}

/// Follows an answer that this page did not ask for, or no longer knows of: it was found unfinished, or begun
/// in another tab or on another device. The live connection brings it, for a browser allows one server six
/// connections over all its tabs; a request does where there is no live connection.
/// @param question shown above the answer where it is not stored here yet
export async function join(chatId: string, answer: Message, question: Message | null = null) {
  const conversation = conversationOf(chatId);
  if (lineOf(conversation) !== undefined) return;
  if (liveAnswer(conversation)?.answer?.id !== answer.id) {
    const after = question === null ? answer.parent_id : question.parent_id;
    setLive(conversation, begin({ after, question, answer, startedAt: Date.now() }));
  }
  const line = newLine(conversation, chatId);
  lines = [...lines, line];
  const { signal } = line.abort;
  const outcome = await readOverLink({ conversation, chatId, messageId: answer.id }, signal);
  // Another line of this conversation has taken its place.
  if (signal.aborted) return;
  if (outcome === "lost") {
    await follow(line, () => joinAnswer(chatId, answer.id, lastSeenId(conversation) || null, signal));
    return;
  }
  lines = lines.filter((other) => other !== line);
  settle(line);
}

/// Shows the answer that was begun elsewhere, if it belongs to the branch that is shown. One that does not
/// comes with the messages of its own branch.
export function joinOverheard(chatId: string) {
  const current = queryClient.getQueryData(chatQuery(chatId).queryKey)?.current_message_id;
  const start = current == null ? undefined : overheard.startOf(current);
  const stored = cachedMessages(chatId);
  const conversation = conversationOf(chatId);
  const live = liveAnswer(conversation);
  if (start === undefined || stored === undefined || live?.answer === null) return;

  const { assistant_message: answer, user_message } = start;
  const isStored = (id: string | null) => stored.some((message) => message.id === id);
  const question = isStored(answer.parent_id) ? null : user_message;
  const above = question === null ? answer.parent_id : question.parent_id;
  if (above === null ? question === null : !isStored(above)) return;

  const before = lineOf(conversation);
  if (before?.byRequest) return;
  before?.abort.abort();
  lines = lines.filter((line) => line !== before);
  void join(chatId, answer, question);
}

export async function stop(conversation: string) {
  const answer = liveAnswer(conversation)?.answer;
  if (answer == null) return;
  patchLive(conversation, { stopping: true });
  try {
    await stopAnswer(answer.chat_id, answer.id);
  } catch (error) {
    patchLive(conversation, { stopping: false });
    throw error;
  }
}

function typed({ content, chatId, after }: Question, clientId: string): Message {
  return {
    id: clientId,
    chat_id: chatId ?? "",
    parent_id: after,
    client_id: clientId,
    role: "user",
    content,
    status: "complete",
    timestamp: new Date().toISOString(),
    metadata: {},
    feedback: null,
    siblings: [],
  };
}

/// Reads connection after connection until the answer's last event.
async function follow(line: Line, first: Connect): Promise<void> {
  line.byRequest = true;
  lines = [...lines.filter(({ conversation }) => conversation !== line.conversation), line];
  for (const oldest of lines.filter(({ byRequest }) => byRequest).slice(0, -mostConnections))
    oldest.abort.abort();
  if (line.chatId !== null) subscriptions.mute(line.chatId);
  try {
    await persist(line, first);
  } finally {
    lines = lines.filter((other) => other !== line);
    if (line.chatId !== null) subscriptions.unmute(line.chatId);
    if (line.abort.signal.aborted) await leave(line);
  }
}

/// Nobody reads it any longer. A question that was never acknowledged waits for its next turn, and an answer that was
/// begun is found unfinished by whoever opens its chat.
async function leave({ conversation, chatId }: Line) {
  if (chatId !== null && liveAnswer(conversation)?.answer != null) await reloadMessages(chatId);
  if (lineOf(conversation) === undefined) dropLive(conversation);
}

async function persist(line: Line, first: Connect): Promise<void> {
  const { conversation } = line;
  const { signal } = line.abort;
  let failures = 0;
  while (!signal.aborted) {
    const lastId = lastSeenId(conversation);
    const outcome = await read(line, first).catch((error: unknown) => error);
    if (outcome === "ended" || signal.aborted) return;
    if (lastSeenId(conversation) !== lastId) failures = 0;
    failures += 1;
    if (await isFinal(line, outcome, failures)) return;
    patchLive(conversation, { phase: "reconnecting" });
    await backoff(failures, signal);
  }
}

async function read(line: Line, first: Connect): Promise<"ended" | "cut"> {
  const { signal } = line.abort;
  const live = liveAnswer(line.conversation);
  const started = live?.answer != null && line.chatId !== null;
  const events = started
    ? await joinAnswer(
        line.chatId ?? "",
        live.answer?.id ?? "",
        lastSeenId(line.conversation) || null,
        signal,
      )
    : await first(signal);
  if (started) patchLive(line.conversation, { phase: "open" });
  for await (const event of events) {
    if (event.type === "start" && event.user_message?.client_id != null)
      forgetUnsent(event.user_message.client_id);
    const painted = push(line.conversation, event);
    if (!isLast(event)) continue;
    await painted;
    settle(line);
    return "ended";
  }
  return "cut";
}

/// Whether trying again is of no use. An ended session waits for its person instead.
async function isFinal(line: Line, outcome: unknown, failures: number): Promise<boolean> {
  const { conversation, abort, chatId } = line;
  const started = liveAnswer(conversation)?.answer != null;
  if (outcome instanceof ApiError && outcome.status === 401 && outcome.code !== "UNREADABLE") {
    await signedInAgain(abort.signal);
    return false;
  }
  const refused = outcome instanceof ApiError && !outcome.isPassing;
  if (started) {
    if (!refused) return false;
    dropLive(conversation);
    if (chatId !== null) await reloadMessages(chatId);
    return true;
  }
  const lost =
    !(outcome instanceof ApiError) ||
    outcome.code === "NETWORK" ||
    (outcome.code === "UNREADABLE" && !refused);
  if (!refused && failures < mostSends && (navigator.onLine || !lost)) return false;
  const sentence = outcome instanceof ApiError ? outcome.message : i18n._(msg`The connection was lost.`);
  const code = outcome instanceof ApiError ? outcome.code : "NETWORK";
  const clientId = liveAnswer(conversation)?.question?.client_id;
  if (clientId == null) {
    patchLive(conversation, { phase: "unsent", failure: { code, sentence } });
    return true;
  }
  if (lost) useUnsent.setState({ reachable: false });
  else refuseUnsent(clientId, { code, sentence });
  dropLive(conversation);
  return true;
}

const thoughts = ({ answer, reasoning, thoughtMillis }: LiveAnswer) => ({
  reasoning,
  reasoning_millis: answer?.metadata.reasoning_millis ?? thoughtMillis,
});

/// Moves the finished turn to the stored messages. The rows are the same before and after.
function settle({ conversation, chatId }: Line) {
  const live = liveAnswer(conversation);
  if (live?.answer == null || chatId === null) return;
  const answer =
    live.reasoning === ""
      ? live.answer
      : { ...live.answer, metadata: { ...live.answer.metadata, ...thoughts(live) } };
  const turn = live.question === null ? [answer] : [live.question, answer];
  settleTurn(chatId, live.after, turn);
  dropLive(conversation);
  answerFinished(chatId);
  chatsChanged(chatId);
  // The stream does not say whether an answer failed or was interrupted.
  if (live.failure !== null) void reloadMessages(chatId);
}
