import type { AnswerEvent } from "@/api/answer-events";
import type { Message } from "@/api/types";

export interface Failure {
  code: string;
  sentence: string;
}

/// An answer on its way, and the question that asked for it where this page asked it.
export interface LiveAnswer {
  /// The message that the turn hangs under: null at the root, and a question's own id when it is answered anew.
  after: string | null;
  question: Message | null;
  answer: Message | null;
  text: string;
  reasoning: string;
  /// When the first thought came, and how long it then took to the first word; null until then.
  thinkingSince: number | null;
  thoughtMillis: number | null;
  /// When the first thought was heard here, which for whoever joins is later than it came.
  thoughtHeardAt: number | null;
  /// What a reset made void. It stands until there is something to take its place.
  voided: string;
  /// How much of `text` is on the screen.
  shown: number;
  /// The next text is not news: it repeats what was there before, and is shown at once.
  catchUp: boolean;
  lastId: number;
  /// `unsent` is a wish for another answer that the server refused; everything else ends with `ended`.
  phase: "sending" | "open" | "reconnecting" | "ended" | "unsent";
  failure: Failure | null;
  startedAt: number;
  stopping: boolean;
}

export function begin(turn: {
  after: string | null;
  question: Message | null;
  answer?: Message;
  startedAt: number;
}): LiveAnswer {
  return {
    after: turn.after,
    question: turn.question,
    answer: turn.answer ?? null,
    text: turn.answer?.content ?? "",
    reasoning: "",
    thinkingSince: null,
    thoughtMillis: null,
    thoughtHeardAt: null,
    voided: "",
    shown: turn.answer?.content.length ?? 0,
    catchUp: turn.answer !== undefined,
    lastId: 0,
    phase: "sending",
    failure: null,
    startedAt: turn.startedAt,
    stopping: false,
  };
}

/// What an event makes of the answer. An id that is not above the last one was seen before the line was lost.
/// @param now for how long the model thinks
export function apply(live: LiveAnswer, event: AnswerEvent, now = Date.now()): LiveAnswer {
  if (event.id <= live.lastId) return live;
  const seen: LiveAnswer = { ...live, lastId: event.id, phase: "open" };
  switch (event.type) {
    case "start":
      return {
        ...seen,
        question: live.question === null ? null : (event.user_message ?? live.question),
        answer: event.assistant_message,
        text: event.assistant_message.content,
        reasoning: "",
        thinkingSince: null,
        thoughtMillis: null,
        shown: Math.min(live.shown, event.assistant_message.content.length),
      };
    case "delta":
      return {
        ...seen,
        text: live.text + event.text,
        voided: "",
        ...(live.thinkingSince === null ? {} : endOfThought(live, now)),
      };
    case "reasoning":
      return {
        ...seen,
        reasoning: live.reasoning + event.text,
        thinkingSince: live.thinkingSince ?? beginOfThought(live, now),
        thoughtHeardAt: live.thoughtHeardAt ?? now,
      };
    case "reset":
      return {
        ...seen,
        answer: withoutThought(live.answer),
        text: "",
        reasoning: "",
        thinkingSince: null,
        thoughtMillis: null,
        thoughtHeardAt: null,
        voided: live.text === "" ? live.voided : live.text,
        shown: 0,
        catchUp: true,
      };
    case "done":
      return { ...seen, voided: "", phase: "ended", answer: event.message, text: event.message.content };
    case "error":
      return { ...seen, voided: "", phase: "ended", ...failed(live, event) };
  }
}

/// Who joins an answer did not see its first thought. Its writer says how long ago that was; somebody else only that it
/// came after the answer was begun.
function beginOfThought({ catchUp, answer }: LiveAnswer, now: number): number {
  if (!catchUp || answer === null) return now;
  const { timestamp, metadata } = answer;
  return metadata.reasoning_millis == null
    ? Math.min(now, Date.parse(timestamp))
    : now - metadata.reasoning_millis;
}

/// What comes together with the first thought is not where it ended, and how long it took is what the writer says.
const togetherMillis = 1_000;

function endOfThought(live: LiveAnswer, now: number): Pick<LiveAnswer, "thinkingSince" | "thoughtMillis"> {
  const { thinkingSince, thoughtHeardAt, catchUp, answer } = live;
  const isPast = catchUp && now - (thoughtHeardAt ?? 0) < togetherMillis;
  const millis = isPast ? (answer?.metadata.reasoning_millis ?? null) : now - (thinkingSince ?? now);
  return { thinkingSince: null, thoughtMillis: live.thoughtMillis ?? millis };
}

function withoutThought(answer: Message | null): Message | null {
  if (answer === null) return null;
  const { reasoning_millis: _, ...metadata } = answer.metadata;
  return { ...answer, metadata };
}

function failed(live: LiveAnswer, { code, message }: { code: string; message: string }) {
  const failure = { code, sentence: message };
  if (live.answer === null) return { failure };
  const answer: Message = {
    ...live.answer,
    status: "failed",
    content: live.text,
    metadata: { ...live.answer.metadata, error: { code, message } },
  };
  return { failure, answer };
}

export const isLast = (event: AnswerEvent) => event.type === "done" || event.type === "error";
