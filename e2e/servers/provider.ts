import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Step, say, words } from "./steps.ts";

const models = ["gpt-oss-120b", "gpt-oss-20b"] as const;
export const defaultModel = models[0];

/// One answer after the other to the same question; the last is given again.
type Scripts = Step[][];

/// A provider that speaks chat completions and says what the stories told it to say. `/control` is theirs.
export class Provider {
  private readonly server: Server;
  private readonly scripts = new Map<string, Scripts>();
  private readonly asked = new Map<string, number>();
  private readonly requests = new Map<string, unknown>();
  private readonly gates = new Map<string, PromiseWithResolvers>();

  constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500);
        response.end(String(error));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://provider");
    switch (`${request.method} ${pathname}`) {
      case "GET /v1/models":
        return send(response, { object: "list", data: models.map((id) => ({ id, object: "model" })) });
      case "POST /v1/chat/completions":
        return this.hear(await body(request), response);
      case "POST /v1/embeddings": {
        const { input } = (await body(request)) as { input: string[] };
        return send(response, {
          object: "list",
          data: input.map((text, index) => ({ object: "embedding", index, embedding: [text.length, 0.5] })),
        });
      }
      case "POST /control/scripts": {
        const { question, scripts } = (await body(request)) as { question: string; scripts: Scripts };
        this.scripts.set(question, scripts);
        this.asked.delete(question);
        return send(response, {});
      }
      case "POST /control/gates": {
        const { gate } = (await body(request)) as { gate: string };
        this.gate(gate).resolve();
        return send(response, {});
      }
      case "GET /control/asked":
        return send(response, {
          times: this.asked.get(searchParams.get("question") ?? "") ?? 0,
          request: this.requests.get(searchParams.get("question") ?? ""),
        });
      default:
        response.writeHead(404).end();
    }
  }

  private hear(request: unknown, response: ServerResponse) {
    const question = lastQuestion(request);
    this.requests.set(question, request);
    return this.answer(question, response);
  }

  private async answer(question: string, response: ServerResponse) {
    const times = this.asked.get(question) ?? 0;
    this.asked.set(question, times + 1);
    const scripts = this.scripts.get(question) ?? [[say(words(1, 20))]];
    const steps = scripts[Math.min(times, scripts.length - 1)] ?? [];
    let sent = 0;
    for (const step of steps) {
      if (response.destroyed) return;
      switch (step.kind) {
        case "fail":
          return send(response, { error: { message: "The scripted failure." } }, step.status);
        case "cut":
          return response.destroy();
        case "hold":
          begin(response);
          await this.gate(step.gate).promise;
          break;
        case "think":
          for (const reasoning_content of pieces(step.text)) chunk(response, { reasoning_content });
          break;
        case "say":
          for (const content of pieces(step.text)) {
            if (response.destroyed) return;
            chunk(response, { content });
            sent += 1;
            if (step.paceMillis > 0) await pause(step.paceMillis);
          }
      }
    }
    chunk(response, {}, "stop");
    event(response, {
      object: "chat.completion.chunk",
      choices: [],
      usage: { prompt_tokens: question.split(/\s+/).length, completion_tokens: sent },
    });
    response.end("data: [DONE]\n\n");
  }

  private gate(name: string): PromiseWithResolvers {
    const known = this.gates.get(name) ?? withResolvers();
    this.gates.set(name, known);
    return known;
  }
}

interface PromiseWithResolvers {
  promise: Promise<void>;
  resolve: () => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = () => {};
  const promise = new Promise<void>((opened) => {
    resolve = opened;
  });
  return { promise, resolve };
}

/// Words with the space after them, so that they add up to the text.
const pieces = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];

function begin(response: ServerResponse) {
  if (response.headersSent) return;
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  chunk(response, { role: "assistant", content: "" });
}

function chunk(response: ServerResponse, delta: object, finishReason: string | null = null) {
  begin(response);
  event(response, {
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  });
}

const event = (response: ServerResponse, data: object) =>
  void response.write(`data: ${JSON.stringify(data)}\n\n`);

function send(response: ServerResponse, data: object, status = 200) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(data));
}

async function body(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  return JSON.parse(text);
}

function lastQuestion(request: unknown): string {
  const { messages } = request as { messages: { role: string; content: string }[] };
  return messages.findLast(({ role }) => role === "user")?.content ?? "";
}
