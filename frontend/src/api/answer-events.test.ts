import { expect, test } from "vitest";
import { type AnswerEvent, readAnswer } from "./answer-events";

function responseOf(text: string, pieceBytes: number): Response {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + pieceBytes));
        at += pieceBytes;
      },
    }),
  );
}

async function all(response: Response): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for await (const event of readAnswer(response)) events.push(event);
  return events;
}

const stream = [
  ": keep-alive",
  "",
  'id: 7\nevent: delta\ndata: {"text":"Grüße, 世界 🌍"}',
  "",
  'id: 8\nevent: surprise\ndata: {"text":"not for us"}',
  "",
  "id: 9\nevent: reset\ndata: {}",
  "",
  'id: 12\nevent: error\ndata: {"code":"AI_PROVIDER_ERROR","message":"It failed.","message_id":null}',
  "",
  "",
].join("\n");

test.each([1, 2, 3, 5, 1_000])("reads the same events from pieces of %i bytes", async (pieceBytes) => {
  expect(await all(responseOf(stream, pieceBytes))).toEqual([
    { id: 7, type: "delta", text: "Grüße, 世界 🌍" },
    { id: 9, type: "reset" },
    { id: 12, type: "error", code: "AI_PROVIDER_ERROR", message: "It failed.", message_id: null },
  ]);
});

test("a connection that is cut inside an event yields what was whole", async () => {
  const cut = stream.slice(0, stream.indexOf("id: 9") + 10);
  expect(await all(responseOf(cut, 4))).toEqual([{ id: 7, type: "delta", text: "Grüße, 世界 🌍" }]);
});

test("a reader that stops early closes the connection", async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) =>
      controller.enqueue(new TextEncoder().encode('id: 1\nevent: delta\ndata: {"text":"a"}\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const event of readAnswer(new Response(endless))) {
    expect(event.type).toBe("delta");
    break;
  }
  await expect.poll(() => cancelled).toBe(true);
});
