import { type ComponentType, lazy, Suspense, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Message } from "@/api/types";
import { lateModule } from "@/lib/late-module";
import { useLiveStore } from "./live-store";
import { shownText } from "./pace";
import { Reasoning } from "./reasoning";
import { TypingIndicator } from "./typing-indicator";

const loadMarkdown = lateModule(() => import("@/ui/markdown/message-markdown"));
const LateMarkdown = lazy(async () => ({ default: (await loadMarkdown()).MessageMarkdown }));
/// The same without the moment that React takes to look into a promise.
let Markdown: ComponentType<{ text: string; growing: boolean }> | undefined;

/// The Markdown renderer comes after the message box, before it is needed.
export async function preloadMarkdown() {
  Markdown = (await loadMarkdown()).MessageMarkdown;
}

interface MessageTextProps {
  message: Message;
  conversation: string;
}

/// An answer's text. It alone looks at the live text, so that nothing else renders while tokens arrive;
/// it stays the same component when the answer is done.
export function MessageText({ message, conversation }: MessageTextProps) {
  const [MessageMarkdown] = useState(() => Markdown ?? LateMarkdown);
  const live = useLiveStore(
    useShallow(({ answers }) => {
      const answer = answers[conversation];
      if (answer?.answer?.id !== message.id) return null;
      const { text, shown, reasoning, thinkingSince, thoughtMillis, voided, startedAt, phase } = answer;
      return {
        text: shownText(text, shown),
        reasoning,
        thinkingSince,
        thoughtMillis,
        voided,
        startedAt,
        phase,
      };
    }),
  );
  const text = live?.text ?? message.content;
  const reasoning = live?.reasoning ?? message.metadata.reasoning ?? "";
  const growing = live !== null && live.phase !== "ended";
  return (
    <>
      {reasoning !== "" && (
        <Reasoning
          message={message.id}
          text={reasoning}
          since={growing && text === "" ? (live.thinkingSince ?? undefined) : undefined}
          millis={(growing ? null : message.metadata.reasoning_millis) ?? live?.thoughtMillis ?? null}
        />
      )}
      {text !== "" && (
        <Suspense
          fallback={
            <p dir="auto" className="text-body whitespace-pre-wrap break-words">
              {text}
            </p>
          }
        >
          <MessageMarkdown text={text} growing={growing} />
        </Suspense>
      )}
      {text === "" && live !== null && live.voided !== "" && (
        <p dir="auto" className="text-body break-words whitespace-pre-wrap text-quiet">
          {live.voided}
        </p>
      )}
      {live !== null && growing && ((text === "" && reasoning === "") || live.phase === "reconnecting") && (
        <TypingIndicator startedAt={live.startedAt} reconnecting={live.phase === "reconnecting"} />
      )}
    </>
  );
}
