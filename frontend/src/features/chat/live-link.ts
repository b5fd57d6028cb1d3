import { create } from "zustand";
import type { AnswerEvent } from "@/api/answer-events";
import { isLast } from "./live-answer";
import { lastSeenId, patchLive, push } from "./live-store";
import { Overheard } from "./overheard";
import { Subscriptions } from "./subscriptions";

/// Whether this tab's live connection stands.
export const useLink = create<{ connected: boolean }>(() => ({ connected: false }));

export const isConnected = () => useLink.getState().connected;

export const overheard = new Overheard();
export const subscriptions = new Subscriptions((chatId) => overheard.forget(chatId));

/// How long a connection is waited for before an answer is read by a request instead.
const graceMillis = 2_500;
/// What was written so far is said at once; only a model that is just silent may say nothing.
const longestSilenceMillis = 4_000;

const readings = new Map<string, (event: AnswerEvent) => void>();

export interface LinkedAnswer {
  conversation: string;
  chatId: string;
  messageId: string;
}

/// Reads an answer over the live connection.
/// @returns `lost` when the connection is of no use for it: whoever asked reads it otherwise
export function readOverLink(
  { conversation, chatId, messageId }: LinkedAnswer,
  signal: AbortSignal,
): Promise<"ended" | "lost"> {
  return new Promise((resolve) => {
    let silence: ReturnType<typeof setTimeout>;
    const waitAtMost = (millis: number) => {
      clearTimeout(silence);
      silence = setTimeout(lost, millis);
    };
    const end = (outcome: "ended" | "lost") => {
      clearTimeout(silence);
      stopLooking();
      signal.removeEventListener("abort", lost);
      readings.delete(messageId);
      subscriptions.unfollow(chatId);
      resolve(outcome);
    };
    const lost = () => end("lost");
    const read = (event: AnswerEvent) => {
      clearTimeout(silence);
      const painted = push(conversation, event);
      if (isLast(event)) void painted.then(() => end("ended"));
    };

    const stopLooking = useLink.subscribe(({ connected }) => {
      patchLive(conversation, { phase: connected ? "open" : "reconnecting" });
      waitAtMost(connected ? longestSilenceMillis : graceMillis);
    });
    signal.addEventListener("abort", lost);
    readings.set(messageId, read);
    waitAtMost(isConnected() ? longestSilenceMillis : graceMillis);
    for (const event of overheard.take(messageId)) read(event);
    subscriptions.follow(chatId, () => {
      const after = lastSeenId(conversation);
      return after === 0 ? {} : { message_id: messageId, after };
    });
  });
}

/// An event of an answer came over the live connection.
export function hear(chatId: string, messageId: string, event: AnswerEvent) {
  const read = readings.get(messageId);
  if (read !== undefined) read(event);
  else overheard.add(chatId, messageId, event);
}
