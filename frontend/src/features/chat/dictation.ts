/// What is used of the browser's speech recognition, which TypeScript does not know.
interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  stop: () => void;
  abort: () => void;
}

type Recognizer = new () => Recognition;

function recognizer(): Recognizer | undefined {
  const names = globalThis as { SpeechRecognition?: Recognizer; webkitSpeechRecognition?: Recognizer };
  return names.SpeechRecognition ?? names.webkitSpeechRecognition;
}

/// Browsers give the microphone to secure pages alone.
export const canDictate = () => globalThis.isSecureContext === true && recognizer() !== undefined;

export type DictationEnd = "ended" | "forbidden" | "failed";

const harmless = new Set(["no-speech", "aborted"]);
const forbidden = new Set(["not-allowed", "service-not-allowed", "audio-capture"]);

interface Listener {
  /// All that was said until now. Its end may still change.
  onText: (text: string) => void;
  onEnd: (end: DictationEnd) => void;
}

export interface Dictation {
  /// Listens no more. What was said by then is still written, and the end told.
  finish: () => void;
  /// Whatever was said, nothing more is heard of it.
  drop: () => void;
}

/// Listens until it is finished or dropped, or the browser has had enough.
export function dictate(language: string, { onText, onEnd }: Listener): Dictation {
  const Recognizer = recognizer();
  if (Recognizer === undefined) throw new Error("This browser recognizes no speech.");
  const recognition = new Recognizer();
  let end: DictationEnd = "ended";
  recognition.lang = language;
  recognition.continuous = true;
  recognition.interimResults = true;
  recognition.onresult = ({ results }) =>
    onText(
      Array.from(results, (alternatives) => alternatives[0]?.transcript ?? "")
        .join("")
        .trim(),
    );
  recognition.onerror = ({ error }) => {
    if (!harmless.has(error)) end = forbidden.has(error) ? "forbidden" : "failed";
  };
  recognition.onend = () => onEnd(end);
  recognition.start();
  return {
    finish: () => recognition.stop(),
    drop: () => {
      recognition.onresult = null;
      recognition.onerror = null;
      recognition.onend = null;
      recognition.abort();
    },
  };
}
