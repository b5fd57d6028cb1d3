import type { AnswerEvent } from "@/api/answer-events";
import { isLast } from "./live-answer";

export type Start = Extract<AnswerEvent, { type: "start" }>;

interface Heard {
  chatId: string;
  start: Start;
  events: AnswerEvent[];
}

/// Answers that are being written in the chat on the screen and are not shown yet: whether one belongs to the
/// branch that is shown is known a moment later.
export class Overheard {
  private readonly answers = new Map<string, Heard>();

  add(chatId: string, messageId: string, event: AnswerEvent) {
    if (event.type === "start") {
      this.answers.set(messageId, { chatId, start: event, events: [event] });
      return;
    }
    // The end can be read from the stored messages.
    if (isLast(event)) this.answers.delete(messageId);
    else this.answers.get(messageId)?.events.push(event);
  }

  startOf(messageId: string): Start | undefined {
    return this.answers.get(messageId)?.start;
  }

  /// Hands over what was heard of an answer; more of it is for whoever took it.
  take(messageId: string): AnswerEvent[] {
    const events = this.answers.get(messageId)?.events ?? [];
    this.answers.delete(messageId);
    return events;
  }

  forget(chatId: string) {
    for (const [messageId, heard] of this.answers) {
      if (heard.chatId === chatId) this.answers.delete(messageId);
    }
  }
}
