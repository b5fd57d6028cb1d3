import { create } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { browserStorage } from "@/lib/browser-storage";
import { currentUserId, userKey } from "@/lib/session";
import { tabId } from "@/lib/tab-id";
import { type Presence, presentTabs, sayPresent } from "@/lib/tab-presence";
import { conversationOf } from "./conversation";
import type { Failure } from "./live-answer";
import { Outbox, type Question, type Unsent } from "./outbox";

/// Null for somebody who is just signing out, or what is erased would be written again.
export function outbox(): Outbox | null {
  const userId = currentUserId();
  return userId === null ? null : new Outbox(browserStorage, userKey(userId, "outbox"), tabId);
}

interface Waiting {
  /// What this tab has still to send, in the order in which it was asked.
  questions: readonly Unsent[];
  /// Whether the server answered when it was last tried.
  reachable: boolean;
}

export const useUnsent = create<Waiting>(() => ({ questions: [], reachable: true }));

/// As it was known when it was last looked at. Before that, nobody is taken to be gone.
let present: Presence | null = null;

/// Finds what this tab has to send, and what tabs have left that are gone.
export async function searchOutbox() {
  sayPresent();
  present = await presentTabs();
  lookIntoOutbox();
}

export function lookIntoOutbox() {
  useUnsent.setState({ questions: outbox()?.own(present) ?? [] });
}

export function keepUnsent(question: Question) {
  outbox()?.put(question);
  lookIntoOutbox();
}

/// The chat of a conversation exists from now on.
export function nameUnsent(conversation: string, chatId: string) {
  outbox()?.nameChat(conversation, chatId);
  lookIntoOutbox();
}

export function forgetUnsent(clientId: string) {
  outbox()?.remove(clientId);
  lookIntoOutbox();
}

export function refuseUnsent(clientId: string, refusal: Failure) {
  const question = useUnsent.getState().questions.find((one) => one.clientId === clientId);
  if (question !== undefined) keepUnsent({ ...question, refusal });
}

export function sendAgain(question: Unsent) {
  keepUnsent({ ...question, refusal: undefined });
}

/// The conversation in which it is shown.
export const placeOf = ({ chatId, conversation }: Question) =>
  chatId === null ? conversation : conversationOf(chatId);

/// What waits in a conversation, without the question that is on its way.
export const useQueue = (conversation: string, onItsWay: string | null | undefined) =>
  useUnsent(
    useShallow(({ questions }) =>
      questions.filter((one) => placeOf(one) === conversation && one.clientId !== onItsWay),
    ),
  );

const waitsIn = (conversation: string) => (question: Unsent) =>
  question.refusal === undefined && placeOf(question) === conversation;

/// Whether nothing of this conversation is waiting or on its way.
export const isFirst = (conversation: string) => !useUnsent.getState().questions.some(waitsIn(conversation));

/// Whether a question that is asked now has to wait for others, or for the server.
export const mustWait = (conversation: string) =>
  !navigator.onLine || !useUnsent.getState().reachable || !isFirst(conversation);
