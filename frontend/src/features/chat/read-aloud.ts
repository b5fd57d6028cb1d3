import { create } from "zustand";
import type { Message } from "@/api/types";
import { type SpokenWords, spoken } from "./spoken-text";

/// The message that is being read aloud.
const useReading = create<{ messageId: string | null }>(() => ({ messageId: null }));

export const useIsRead = (messageId: string) => useReading((reading) => reading.messageId === messageId);

export const canReadAloud = () => typeof speechSynthesis !== "undefined";

/// Browsers break off what takes long to say, so each sentence is said by itself.
/// @param whenFailed is called when the browser has no voice for it
export function readAloud({ id, content }: Message, words: SpokenWords, whenFailed: () => void) {
  stopReading();
  const sentences = sentencesOf(spoken(content, words));
  if (sentences.length === 0) return;
  useReading.setState({ messageId: id });
  addEventListener("pagehide", stopReading, { once: true });
  const isRead = () => useReading.getState().messageId === id;
  for (const [index, sentence] of sentences.entries()) {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.onend = () => {
      if (isRead() && index === sentences.length - 1) stopReading();
    };
    utterance.onerror = ({ error }) => {
      if (error === "interrupted" || error === "canceled" || !isRead()) return;
      stopReading();
      whenFailed();
    };
    speechSynthesis.speak(utterance);
  }
}

export function stopReading() {
  if (useReading.getState().messageId === null) return;
  useReading.setState({ messageId: null });
  removeEventListener("pagehide", stopReading);
  speechSynthesis.cancel();
}

const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?…]["'”’»)\]]*)\s+|(?<=[。！？])/).filter((sentence) => sentence.trim() !== "");
