import { tabLock } from "@/api/tab-lock";
import { backoff } from "@/lib/backoff";
import { browserStorage } from "@/lib/browser-storage";
import { queryClient } from "@/lib/query-client";
import { ask } from "./answers";
import { chatQuery } from "./chat-queries";
import { liveAnswer, useLiveStore } from "./live-store";
import { cachedMessages, holdsEnd, messagesQuery } from "./message-queries";
import type { Unsent } from "./outbox";
import { forgetUnsent, keepUnsent, lookIntoOutbox, outbox, placeOf, searchOutbox, useUnsent } from "./unsent";

const stayMillis = 20_000;
/// Whoever waits for a server that comes back waits no longer than some seconds between two looks.
const longestAttempt = 4;

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
  // A question of a tab that has gone is found after a while.
  const look = setInterval(searchOutbox, stayMillis);
  void searchOutbox();
  return () => {
    clearInterval(stay);
    clearInterval(look);
    removeEventListener("pagehide", leave);
    removeEventListener("storage", lookIntoOutbox);
  };
}

function nextQuestion(): Unsent | undefined {
  if (!navigator.onLine) return undefined;
  return useUnsent.getState().questions.find((question) => {
    const live = liveAnswer(placeOf(question));
    return question.refusal === undefined && (live === undefined || live.phase === "unsent");
  });
}

async function isReachable(signal: AbortSignal): Promise<boolean> {
  for (let attempt = 1; !signal.aborted; attempt++) {
    const answer = await fetch("/health/live", { cache: "no-store", signal }).catch(() => null);
    useUnsent.setState({ reachable: answer?.ok === true });
    if (answer?.ok) return true;
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
  if (stored?.some(({ client_id }) => client_id === clientId)) {
    forgetUnsent(clientId);
    return;
  }
  const { parentId = chatId === null ? undefined : endOf(chatId) } = question;
  const asked = ask({ ...question, conversation: placeOf(question), parentId, after: parentId ?? null });
  await Promise.race([asked, until(signal, () => !isWaiting(clientId))]);
}

const isWaiting = (wanted: string) =>
  useUnsent.getState().questions.some(({ clientId }) => clientId === wanted);

/// The branch as it is known here, or else as the server has it. Without either, the server decides.
async function messagesOf(chatId: string) {
  const known = cachedMessages(chatId);
  if (known !== undefined) return known;
  await queryClient.fetchInfiniteQuery(messagesQuery(chatId)).catch(() => undefined);
  return cachedMessages(chatId);
}

/// The last message of the branch, as far as it is known.
function endOf(chatId: string): string | undefined {
  if (holdsEnd(chatId)) return cachedMessages(chatId)?.at(-1)?.id;
  return queryClient.getQueryData(chatQuery(chatId).queryKey)?.current_message_id ?? undefined;
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
    const stops = [useUnsent.subscribe(look), useLiveStore.subscribe(look)];
    addEventListener("online", look);
    signal.addEventListener("abort", look);
    look();
  });
}
