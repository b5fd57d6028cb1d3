import { useCallback, useEffect } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Message } from "@/api/types";
import { join } from "./answers";
import type { LiveAnswer } from "./live-answer";
import { useLiveStore } from "./live-store";
import { type Place, sendQuestion } from "./send-question";

interface ShownPlace extends Place {
  /// The stored messages, undefined until they are known.
  stored: Message[] | undefined;
}

/// All of a live answer but its text, which changes once a frame and is looked at by the text alone.
export type LiveStructure = Omit<
  LiveAnswer,
  | "text"
  | "reasoning"
  | "thinkingSince"
  | "thoughtMillis"
  | "thoughtHeardAt"
  | "voided"
  | "shown"
  | "lastId"
  | "catchUp"
>;

function useStructure(conversation: string): LiveStructure | undefined {
  const live = useLiveStore(
    useShallow(({ answers }) => {
      const answer = answers[conversation];
      if (answer === undefined) return undefined;
      const { text, reasoning, voided, shown, lastId, catchUp, ...others } = answer;
      const { thinkingSince, thoughtMillis, thoughtHeardAt, ...structure } = others;
      return structure;
    }),
  );
  return live;
}

/// The answer on its way in this conversation. One that is found unfinished goes on by itself.
export function useStreamingMessage({ conversation, chatId, stored, end }: ShownPlace) {
  const live = useStructure(conversation);
  const last = stored?.at(-1);
  const unfinished = last?.status === "streaming" ? last : undefined;

  useEffect(() => {
    if (chatId !== undefined && unfinished !== undefined) void join(chatId, unfinished);
  }, [chatId, unfinished]);

  const send = useCallback(
    (content: string, branch?: { parentId: string | null }) =>
      void sendQuestion({ conversation, chatId, end }, content, branch),
    [conversation, chatId, end],
  );

  const busy = live !== undefined && live.phase !== "unsent";
  return { live, busy, send };
}
