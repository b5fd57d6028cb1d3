import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { AnswerEvent } from "@/api/answer-events";
import { ApiError } from "@/api/api-error";
import { createChat } from "@/api/chats";
import { joinAnswer, regenerate, sendMessage, stopAnswer } from "@/api/messages";
import type { Message } from "@/api/types";
import { backoff } from "@/lib/backoff";
import { browserStorage } from "@/lib/browser-storage";
import { newId } from "@/lib/new-id";
import { currentUserId, signedInAgain, userKey } from "@/lib/session";
import { tabId } from "@/lib/tab-id";
import { chatArrived, chatsChanged } from "./chat-queries";
import { conversationOf, nameConversation } from "./conversation";
import { begin, isLast } from "./live-answer";
import { dropLive, liveAnswer, patchLive, push, setLive } from "./live-store";
import { reloadMessages, seedMessages, settleTurn } from "./message-queries";
import { Outbox } from "./outbox";
import { answerFinished } from "./unseen-answers";

type Events = AsyncGenerator<AnswerEvent>;
type Connect = (signal: AbortSignal) => Promise<Events>;

/// A browser allows one server six connections over all tabs; what is left is for everything else.
const mostConnections = 3;
/// How often an unacknowledged question is offered again before the person is asked.
const mostSends = 4;

interface Line {
  conversation: string;
  chatId: string | null;
  abort: AbortController;
}

/// The connections that are open, oldest first. Closing one loses nothing: the server goes on answering.
let lines: Line[] = [];

export const outbox = () => new Outbox(browserStorage, userKey(currentUserId() ?? "", "outbox"), tabId);

export interface Question {
  conversation: string;
  chatId: string | null;
  content: string;
  /// Absent at the end of the branch; else the question becomes another child of this message, or a root.
  parentId?: string | null;
  /// What stands above it on the screen.
  after: string | null;
  model?: string;
  clientId?: string;
}

/// Shows the question at once and follows its answer to the end. A question without a chat creates it.
export async function ask(
  question: Question,
  whenCreated: (chatId: string) => void = () => {},
): Promise<void> {
  const clientId = question.clientId ?? newId();
  const { conversation, content, parentId, model } = question;
  const line: Line = { conversation, chatId: question.chatId, abort: new AbortController() };
  setLive(
    conversation,
    begin({ after: question.after, question: typed(question, clientId), startedAt: Date.now() }),
  );
  outbox().put({ clientId, conversation, chatId: line.chatId, parentId, content, model });

  await follow(line, async (signal) => {
    if (line.chatId === null) {
      const chat = await createChat({
        client_id: conversation,
        settings: model === undefined ? undefined : { model },
      });
      line.chatId = chat.id;
      outbox().put({ clientId, conversation, chatId: chat.id, parentId, content, model });
      seedMessages(chat.id);
      nameConversation(chat.id, conversation);
      chatArrived(chat);
      whenCreated(chat.id);
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
  return follow({ conversation, chatId, abort: new AbortController() }, (signal) =>
    regenerate(chatId, questionId, { client_id: clientId, model }, signal),
  );
}

/// Follows an answer that was found unfinished.
export function join(chatId: string, answer: Message) {
  const conversation = conversationOf(chatId);
  if (lines.some((line) => line.conversation === conversation)) return;
  if (liveAnswer(conversation)?.answer?.id !== answer.id) {
    setLive(conversation, begin({ after: answer.parent_id, question: null, answer, startedAt: Date.now() }));
  }
  return follow({ conversation, chatId, abort: new AbortController() }, (signal) =>
    joinAnswer(chatId, answer.id, liveAnswer(conversation)?.lastId || null, signal),
  );
}

export async function stop(conversation: string) {
  const live = liveAnswer(conversation);
  const line = lines.find((candidate) => candidate.conversation === conversation);
  if (live?.answer == null || line?.chatId == null) return;
  patchLive(conversation, { stopping: true });
  try {
    await stopAnswer(line.chatId, live.answer.id);
  } catch (error) {
    patchLive(conversation, { stopping: false });
    throw error;
  }
}

/// Takes a question back that never reached the server.
export function withdraw(conversation: string): Message | null {
  const question = liveAnswer(conversation)?.question ?? null;
  if (question?.client_id != null) outbox().remove(question.client_id);
  dropLive(conversation);
  return question;
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
  lines = [...lines.filter(({ conversation }) => conversation !== line.conversation), line];
  for (const oldest of lines.slice(0, -mostConnections)) oldest.abort.abort();
  const { conversation } = line;
  const { signal } = line.abort;
  let failures = 0;
  try {
    while (!signal.aborted) {
      const lastId = liveAnswer(conversation)?.lastId;
      const outcome = await read(line, first).catch((error: unknown) => error);
      if (outcome === "ended" || signal.aborted) return;
      if (liveAnswer(conversation)?.lastId !== lastId) failures = 0;
      failures += 1;
      if (await isFinal(line, outcome, failures)) return;
      patchLive(conversation, { phase: "reconnecting" });
      await backoff(failures, signal);
    }
  } finally {
    lines = lines.filter((other) => other !== line);
  }
}

async function read(line: Line, first: Connect): Promise<"ended" | "cut"> {
  const { signal } = line.abort;
  const live = liveAnswer(line.conversation);
  const started = live?.answer != null && line.chatId !== null;
  const events = started
    ? await joinAnswer(line.chatId ?? "", live.answer?.id ?? "", live.lastId || null, signal)
    : await first(signal);
  if (started) patchLive(line.conversation, { phase: "open" });
  for await (const event of events) {
    if (event.type === "start" && event.user_message?.client_id != null)
      outbox().remove(event.user_message.client_id);
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
  if (outcome instanceof ApiError && outcome.status === 401) {
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
  if (!refused && failures < mostSends) return false;
  const sentence = outcome instanceof ApiError ? outcome.message : i18n._(msg`The connection was lost.`);
  const code = outcome instanceof ApiError ? outcome.code : "NETWORK";
  patchLive(conversation, { phase: "unsent", failure: { code, sentence } });
  return true;
}

/// Moves the finished turn to the stored messages. The rows are the same before and after.
function settle({ conversation, chatId }: Line) {
  const live = liveAnswer(conversation);
  if (live?.answer == null || chatId === null) return;
  const answer =
    live.reasoning === ""
      ? live.answer
      : { ...live.answer, metadata: { ...live.answer.metadata, reasoning: live.reasoning } };
  const turn = live.question === null ? [answer] : [live.question, answer];
  settleTurn(chatId, live.after, turn);
  dropLive(conversation);
  answerFinished(chatId);
  chatsChanged(chatId);
  // The stream does not say whether an answer failed or was interrupted.
  if (live.failure !== null) void reloadMessages(chatId);
}
