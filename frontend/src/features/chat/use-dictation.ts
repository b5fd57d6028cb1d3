import { useCallback, useEffect, useRef, useState } from "react";
import { type Dictation, type DictationEnd, dictate } from "./dictation";

interface DictationInBox {
  listening: boolean;
  /// Why nothing is heard, until it is tried again.
  problem: Exclude<DictationEnd, "ended"> | null;
  start: () => void;
  /// What was said until now is still written.
  stop: () => void;
  /// Nothing more is written: somebody types or sends.
  drop: () => void;
}

/// Writes what is said after what is typed. Typing ends it, so that each word has one author.
export function useDictation(typed: string, write: (text: string) => void): DictationInBox {
  const [listening, setListening] = useState(false);
  const [problem, setProblem] = useState<DictationInBox["problem"]>(null);
  const heard = useRef<Dictation | null>(null);

  const drop = useCallback(() => {
    heard.current?.drop();
    heard.current = null;
    setListening(false);
  }, []);
  const stop = () => {
    heard.current?.finish();
    setListening(false);
  };
  const start = () => {
    drop();
    setProblem(null);
    setListening(true);
    const before = typed.trim() === "" ? "" : `${typed.trimEnd()} `;
    heard.current = dictate(navigator.languages.find(isOfPage) ?? document.documentElement.lang, {
      onText: (said) => write(before + said),
      onEnd: (end) => {
        heard.current = null;
        setListening(false);
        if (end !== "ended") setProblem(end);
      },
    });
  };
  useEffect(() => drop, [drop]);
  return { listening, problem, start, stop, drop };
}

/// The page's language as it is spoken where the browser is at home.
const isOfPage = (tag: string) => tag.split("-")[0] === document.documentElement.lang.split("-")[0];
