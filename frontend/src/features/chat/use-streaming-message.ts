import { useCallback, useEffect } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Message } from "@/api/types";
import { newId } from "@/lib/new-id";
import { ask, join } from "./answers";
import type { LiveAnswer } from "./live-answer";
import { useLiveStore } from "./live-store";
import { opening } from "./opening";
import { isFirst, keepUnsent, mustWait } from "./unsent";

interface Place {
  conversation: string;
  chatId: string | undefined;
  /// The stored messages, undefined until they are known.
  stored: Message[] | undefined;
  /// What the branch ends in, which may lie beyond the stored messages that are held.
  end: string | null;
}

/// All of a live answer but its text, which changes once a frame and is looked at by the text alone.
export type LiveStructure = Omit<
  LiveAnswer,
  "text" | "reasoning" | "thinkingSince" | "thoughtMillis" | "voided" | "shown" | "lastId" | "catchUp"
>;

function useStructure(conversation: string): LiveStructure | undefined {
  const live = useLiveStore(
    useShallow(({ answers }) => {
      const answer = answers[conversation];
      if (answer === undefined) return undefined;
      const { text, reasoning, thinkingSince, thoughtMillis, voided, shown, lastId, catchUp, ...structure } =
        answer;
      return structure;
    }),
  );
  return live;
}

/// The answer on its way in this conversation. One that is found unfinished goes on by itself.
export function useStreamingMessage({ conversation, chatId, stored, end }: Place) {
  const live = useStructure(conversation);
  const last = stored?.at(-1);
  const unfinished = last?.status === "streaming" ? last : undefined;

  useEffect(() => {
    if (chatId !== undefined && unfinished !== undefined) void join(chatId, unfinished);
  }, [chatId, unfinished]);

  const send = useCallback(
    (content: string, branch?: { parentId: string | null }) => {
      const question = { conversation, chatId: chatId ?? null, content, opening: opening() };
      // What was read is answered, even where the conversation has gone on elsewhere: both are kept. Behind
      // questions that wait it goes below the answer that is last by then.
      const read = isFirst(conversation) ? (end ?? undefined) : undefined;
      const parentId = branch === undefined ? read : branch.parentId;
      if (mustWait(conversation)) keepUnsent({ ...question, clientId: newId(), parentId });
      else void ask({ ...question, parentId, after: parentId ?? null });
    },
    [conversation, chatId, end],
  );

  const busy = live !== undefined && live.phase !== "unsent";
  return { live, busy, send };
}
