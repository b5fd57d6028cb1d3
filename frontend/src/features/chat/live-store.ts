import { create } from "zustand";
import type { AnswerEvent } from "@/api/answer-events";
import { apply, isLast, type LiveAnswer } from "./live-answer";
import { advanced, arrived, type Pace } from "./pace";

type LiveAnswers = Readonly<Record<string, LiveAnswer>>;

/// The answers on their way, by conversation. It changes once a frame, however many events come.
export const useLiveStore = create<{ answers: LiveAnswers }>(() => ({ answers: {} }));

export const liveAnswer = (conversation: string): LiveAnswer | undefined =>
  useLiveStore.getState().answers[conversation];

/// The id of the last event that came, painted or not; 0 before the first.
export const lastSeenId = (conversation: string): number =>
  queues.get(conversation)?.events.at(-1)?.id ?? liveAnswer(conversation)?.lastId ?? 0;

export function setLive(conversation: string, live: LiveAnswer) {
  queues.delete(conversation);
  write({ [conversation]: live });
}

/// What comes next begins with the first event again. What is shown stays until then.
export function rewind(conversation: string) {
  if (lastSeenId(conversation) === 0) return;
  queues.delete(conversation);
  patchLive(conversation, { lastId: 0, catchUp: true });
}

export function patchLive(conversation: string, patch: Partial<LiveAnswer>) {
  const live = liveAnswer(conversation);
  if (live !== undefined) write({ [conversation]: { ...live, ...patch } });
}

export function dropLive(conversation: string) {
  queues.delete(conversation);
  const { [conversation]: _, ...rest } = useLiveStore.getState().answers;
  useLiveStore.setState({ answers: rest });
}

/// Events wait here for the next frame; `settled` is called when the last one has been painted.
interface Queue {
  events: AnswerEvent[];
  pace: Pace;
  settled: () => void;
}

const queues = new Map<string, Queue>();
let lastFrameAt = 0;
let frame = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/// @returns after the last event of the answer has been painted, at once for all others
export function push(conversation: string, event: AnswerEvent): Promise<void> {
  let queue = queues.get(conversation);
  if (queue === undefined) {
    queue = { events: [], pace: { shown: liveAnswer(conversation)?.shown ?? 0, rate: 0 }, settled: () => {} };
    queues.set(conversation, queue);
  }
  queue.events.push(event);
  schedule();
  if (!isLast(event)) return Promise.resolve();
  const waiting = queue;
  return new Promise((resolve) => {
    waiting.settled = resolve;
  });
}

function schedule() {
  if (frame !== 0 || timer !== undefined) return;
  // A hidden page has no frames, and its answers go on.
  if (document.hidden) timer = setTimeout(paint, 100, undefined);
  else frame = requestAnimationFrame(paint);
}

function paint(now: number | undefined) {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  frame = 0;
  timer = undefined;
  const hidden = now === undefined;
  const millis = hidden ? Number.POSITIVE_INFINITY : Math.min(50, Math.max(8, now - lastFrameAt));
  lastFrameAt = now ?? 0;

  const changed: Record<string, LiveAnswer> = {};
  for (const [conversation, queue] of queues) {
    const live = liveAnswer(conversation);
    if (live === undefined) {
      queues.delete(conversation);
      continue;
    }
    changed[conversation] = step(conversation, live, queue, millis);
  }
  write(changed);
  if (queues.size > 0) schedule();
}

function step(conversation: string, live: LiveAnswer, queue: Queue, millis: number): LiveAnswer {
  const last = queue.events.at(-1);
  const ends = last !== undefined && isLast(last);
  const rest = ends ? queue.events.slice(0, -1) : queue.events;
  let next = rest.reduce((before, event) => apply(before, event), live);
  queue.events = ends ? [last] : [];

  const total = next.text.length;
  if (next.catchUp && total > 0) {
    next = { ...next, catchUp: false };
    queue.pace = { shown: total, rate: 0 };
  } else if (next.shown < live.shown) {
    queue.pace = { shown: next.shown, rate: 0 };
  }
  const pace = rest.length > 0 ? arrived(queue.pace, total) : queue.pace;
  queue.pace = Number.isFinite(millis) ? advanced(pace, total, millis) : { shown: total, rate: 0 };
  next = { ...next, shown: queue.pace.shown };
  if (next.shown < total) return next;

  if (ends) {
    next = apply(next, last);
    queues.delete(conversation);
    queueMicrotask(queue.settled);
    return { ...next, shown: next.text.length };
  }
  if (queue.events.length === 0) queues.delete(conversation);
  return next;
}

function write(changed: Record<string, LiveAnswer>) {
  useLiveStore.setState(({ answers }) => ({ answers: { ...answers, ...changed } }));
}

if (typeof document !== "undefined") {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && queues.size > 0) paint(undefined);
  });
}
