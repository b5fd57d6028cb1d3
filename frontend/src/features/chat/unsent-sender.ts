import { create } from "zustand";
import { onServer } from "@/api/server-address";
import { tabLock } from "@/api/tab-lock";
import { backoff } from "@/lib/backoff";
import { browserStorage } from "@/lib/browser-storage";
import { queryClient } from "@/lib/query-client";
import { ask } from "./answers";
import { liveAnswer, useLiveStore } from "./live-store";
import { cachedMessages, messagesQuery } from "./message-queries";
import type { Unsent } from "./outbox";
import { endOf } from "./send-question";
import { forgetUnsent, keepUnsent, lookIntoOutbox, outbox, placeOf, searchOutbox, useUnsent } from "./unsent";

const stayMillis = 20_000;
/// Whoever waits for a server that comes back waits no longer than some seconds between two looks.
const longestAttempt = 4;
const longestRestMillis = 60_000;

const claiming = tabLock("outbox", browserStorage);

/// Sends what waits, one question after the other, each conversation's in the order in which it was asked, until the
/// signal says that nobody is here. It does not matter which page is shown.
export async function keepSending(signal: AbortSignal): Promise<void> {
  const stopWatching = watchOutbox();
  signal.addEventListener("abort", stopWatching);
  while (!signal.aborted) {
    const next = nextQuestion();
    if (next === undefined) await somethingChanged(signal);
    else if ((await isReachable(signal)) && (await isOurs(next))) await send(next, signal);
  }
}

function watchOutbox(): () => void {
  const stay = setInterval(() => outbox()?.stay(), stayMillis);
  const leave = () => outbox()?.leave();
  addEventListener("pagehide", leave);
  addEventListener("storage", lookIntoOutbox);
  addEventListener("online", restNoLonger);
  // A question of a tab that has gone is found after a while.
  const look = setInterval(searchOutbox, stayMillis);
  void searchOutbox();
  return () => {
    clearInterval(stay);
    clearInterval(look);
    removeEventListener("pagehide", leave);
    removeEventListener("storage", lookIntoOutbox);
    removeEventListener("online", restNoLonger);
  };
}

function nextQuestion(): Unsent | undefined {
  if (!navigator.onLine) return undefined;
  return useUnsent.getState().questions.find((question) => {
    const place = placeOf(question);
    const live = liveAnswer(place);
    const isFree = live === undefined || live.phase === "unsent";
    return question.refusal === undefined && isFree && !useResting.getState().places.has(place);
  });
}

/// Conversations whose question was lost on its way although the server is there. Others go first, and each rests longer
/// from time to time: what loses them may be a proxy that has no end of answers of its own.
const useResting = create<{ places: ReadonlySet<string> }>(() => ({ places: new Set() }));
const losses = new Map<string, number>();

/// The network is another one.
const restNoLonger = () => {
  losses.clear();
  useResting.setState({ places: new Set() });
};

function rest(place: string) {
  const times = (losses.get(place) ?? 0) + 1;
  losses.set(place, times);
  useResting.setState(({ places }) => ({ places: new Set([...places, place]) }));
  setTimeout(
    () => {
      useResting.setState(({ places }) => ({ places: new Set([...places].filter((one) => one !== place)) }));
    },
    Math.min(longestRestMillis, 1_000 * 2 ** times),
  );
}

async function isReachable(signal: AbortSignal): Promise<boolean> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    const answer = await fetch(onServer("/health/live"), { cache: "no-store", signal }).catch(() => null);
    // Where people have to sign in to a network first, every address answers with a page.
    const reachable = answer?.ok === true && answer.headers.get("Content-Type")?.includes("json") === true;
    useUnsent.setState({ reachable });
    if (reachable) return true;
    await backoff(Math.min(attempt, longestAttempt), signal);
  }
  return false;
}

/// One tab alone takes over what another has left. What has been taken back meanwhile is nobody's.
const isOurs = (question: Unsent): Promise<boolean> =>
  claiming(async () => {
    lookIntoOutbox();
    const now = useUnsent.getState().questions.find(({ clientId }) => clientId === question.clientId);
    if (now !== undefined) keepUnsent(now);
    return now !== undefined;
  });

/// Returns when the server has it, or when it waits again.
async function send(question: Unsent, signal: AbortSignal) {
  const { chatId, clientId } = question;
  const stored = chatId === null ? undefined : await messagesOf(chatId);
  // It may have been taken back meanwhile.
  if (!isWaiting(clientId)) return;
  if (stored?.some(({ client_id }) => client_id === clientId)) {
    forgetUnsent(clientId);
    return;
  }
  const conversation = placeOf(question);
  const { parentId = chatId === null ? undefined : (endOf(chatId) ?? undefined) } = question;
  const asked = ask({ ...question, conversation, parentId, after: parentId ?? null });
  await Promise.race([asked, until(signal, () => !isWaiting(clientId))]);
  if (!isWaiting(clientId)) losses.delete(conversation);
  else if (!signal.aborted) rest(conversation);
}

const isWaiting = (wanted: string) =>
  useUnsent
    .getState()
    .questions.some(({ clientId, refusal }) => clientId === wanted && refusal === undefined);

/// The branch as it is known here, or else as the server has it. Without either, the server decides.
async function messagesOf(chatId: string) {
  const known = cachedMessages(chatId);
  if (known !== undefined) return known;
  await queryClient.fetchInfiniteQuery(messagesQuery(chatId)).catch(() => undefined);
  return cachedMessages(chatId);
}

async function somethingChanged(signal: AbortSignal) {
  await until(signal, () => nextQuestion() !== undefined);
}

function until(signal: AbortSignal, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!signal.aborted && !holds()) return;
      for (const stop of stops) stop();
      removeEventListener("online", look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    const stops = [useUnsent.subscribe(look), useLiveStore.subscribe(look), useResting.subscribe(look)];
    addEventListener("online", look);
    signal.addEventListener("abort", look);
    look();
  });
}
