import { useCallback, useEffect } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Message } from "@/api/types";
import { ask, join, outbox } from "./answers";
import { startFresh } from "./conversation";
import type { LiveAnswer } from "./live-answer";
import { liveAnswer, useLiveStore } from "./live-store";
import { opening } from "./opening";

interface Place {
  conversation: string;
  chatId: string | undefined;
  /// The stored messages, undefined until they are known.
  stored: Message[] | undefined;
  /// What the branch ends in, which may lie beyond the stored messages that are held.
  end: string | null;
  whenCreated: (chatId: string) => void;
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

/// The answer on its way in this conversation. Whatever this page finds unfinished goes on by itself:
/// an answer that is still being written, and a question that the server never acknowledged.
export function useStreamingMessage({ conversation, chatId, stored, end, whenCreated }: Place) {
  const live = useStructure(conversation);
  const last = stored?.at(-1);
  const unfinished = last?.status === "streaming" ? last : undefined;
  const known = stored !== undefined || chatId === undefined;
  const idle = live === undefined;

  useEffect(() => {
    if (chatId !== undefined && unfinished !== undefined) void join(chatId, unfinished);
  }, [chatId, unfinished]);

  useEffect(() => {
    if (!known || !idle) return;
    const question = outbox().waiting(chatId ?? null);
    if (question === undefined || liveAnswer(question.conversation) !== undefined) return;
    if (chatId === undefined && question.chatId !== null) {
      whenCreated(question.chatId);
      return;
    }
    if (stored?.some(({ client_id }) => client_id === question.clientId)) {
      outbox().remove(question.clientId);
      return;
    }
    const { content, parentId, clientId } = question;
    const after = parentId === undefined ? end : parentId;
    const place = chatId === undefined ? question.conversation : conversation;
    if (place !== conversation) startFresh(place);
    void ask(
      {
        conversation: place,
        chatId: chatId ?? null,
        content,
        parentId,
        after,
        opening: question.opening,
        clientId,
      },
      whenCreated,
    );
  }, [known, idle, chatId, conversation, stored, end, whenCreated]);

  const send = useCallback(
    (content: string, branch?: { parentId: string | null }) => {
      // What was read is answered, even where the conversation has gone on elsewhere: both are kept.
      const parentId = branch === undefined ? (end ?? undefined) : branch.parentId;
      void ask(
        {
          conversation,
          chatId: chatId ?? null,
          content,
          parentId,
          after: parentId ?? null,
          opening: opening(),
        },
        whenCreated,
      );
    },
    [conversation, chatId, end, whenCreated],
  );

  const busy = live !== undefined && live.phase !== "unsent";
  return { live, busy, send };
}
