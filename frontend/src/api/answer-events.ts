import { EventSourceParserStream } from "eventsource-parser/stream";
import { ApiError } from "./api-error";
import type { Message } from "./types";

/// What an answer's stream says, in the order it says it. Ids rise and are compared, nothing more.
export type AnswerEvent = { id: number } & (
  | { type: "start"; user_message: Message | null; assistant_message: Message }
  | { type: "delta"; text: string }
  | { type: "reasoning"; text: string }
  | { type: "reset" }
  | { type: "done"; message: Message }
  | { type: "error"; code: string; message: string; message_id: string | null }
);

const types = new Set(["start", "delta", "reasoning", "reset", "done", "error"]);

export const isAnswerEvent = (type: string): type is AnswerEvent["type"] => types.has(type);

/// Reads one connection's events. It ends after the last event of the answer, or when the connection
/// ends before it; an unknown type is passed over, so that the server may add some.
export async function* readAnswer(response: Response): AsyncGenerator<AnswerEvent> {
  if (response.body === null)
    throw new ApiError("UNREADABLE", "The answer's stream has no body.", response.status);
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  const reader = events.getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value.event === undefined || !isAnswerEvent(value.event)) continue;
      yield { ...JSON.parse(value.data), type: value.event, id: Number(value.id) } as AnswerEvent;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
