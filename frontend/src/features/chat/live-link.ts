import { create } from "zustand";
import type { AnswerEvent } from "@/api/answer-events";
import { isLast } from "./live-answer";
import { lastSeenId, patchLive, push, rewind } from "./live-store";
import { Overheard } from "./overheard";
import { Subscriptions } from "./subscriptions";

interface Link {
  connected: boolean;
  /// The last attempt to connect came to nothing.
  failing: boolean;
}

/// How this tab's live connection stands.
export const useLink = create<Link>(() => ({ connected: false, failing: false }));

export const isConnected = () => useLink.getState().connected;

export const overheard = new Overheard();
export const subscriptions = new Subscriptions((chatId) => overheard.forget(chatId));

/// However an attempt to connect ends, it is over by then.
const longestAttemptMillis = 12_000;
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
      // All of it is told again, as when it was named while it was told already.
      if (event.type === "start") rewind(conversation);
      const painted = push(conversation, event);
      if (isLast(event)) void painted.then(() => end("ended"));
    };

    const look = ({ connected, failing }: Link) => {
      if (failing) lost();
      else waitAtMost(connected ? longestSilenceMillis : longestAttemptMillis);
    };

    const stopLooking = useLink.subscribe((link) => {
      patchLive(conversation, { phase: link.connected ? "open" : "reconnecting" });
      look(link);
    });
    signal.addEventListener("abort", lost);
    readings.set(messageId, read);
    look(useLink.getState());
    const heard = overheard.take(messageId);
    for (const event of heard) read(event);
    const position = () => ({ message_id: messageId, after: lastSeenId(conversation) || undefined });
    if (readings.has(messageId)) subscriptions.follow(chatId, position, heard.length > 0);
  });
}

/// An event of an answer came over the live connection.
export function hear(chatId: string, messageId: string, event: AnswerEvent) {
  const read = readings.get(messageId);
  if (read !== undefined) read(event);
  else overheard.add(chatId, messageId, event);
}
