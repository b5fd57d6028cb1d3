import { useCallback, useEffect, useRef, useState } from "react";
import { type DictationEnd, dictate } from "./dictation";

interface Dictation {
  listening: boolean;
  /// Why nothing is heard, until it is tried again.
  problem: Exclude<DictationEnd, "ended"> | null;
  start: () => void;
  stop: () => void;
}

/// Writes what is said after what is typed. Typing ends it, so that each word has one author.
export function useDictation(typed: string, write: (text: string) => void): Dictation {
  const [listening, setListening] = useState(false);
  const [problem, setProblem] = useState<Dictation["problem"]>(null);
  const ending = useRef<(() => void) | null>(null);

  const stop = useCallback(() => {
    ending.current?.();
    ending.current = null;
    setListening(false);
  }, []);
  const start = () => {
    setProblem(null);
    setListening(true);
    const before = typed.trim() === "" ? "" : `${typed.trimEnd()} `;
    const stopListening = dictate(navigator.languages.find(isOfPage) ?? document.documentElement.lang, {
      onText: (said) => {
        // What is still on its way when somebody types or sends would undo it.
        if (ending.current === stopListening) write(before + said);
      },
      onEnd: (end) => {
        if (ending.current !== stopListening) return;
        ending.current = null;
        setListening(false);
        if (end !== "ended") setProblem(end);
      },
    });
    ending.current = stopListening;
  };
  useEffect(() => stop, [stop]);
  return { listening, problem, start, stop };
}

/// The page's language as it is spoken where the browser is at home.
const isOfPage = (tag: string) => tag.split("-")[0] === document.documentElement.lang.split("-")[0];
