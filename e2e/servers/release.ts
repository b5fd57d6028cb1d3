import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

const texts = /^(text\/(html|css|javascript)|application\/javascript)/;

/// A server in front of another that can be upgraded: from then on every file of the app has another address, and
/// what had the old ones is gone.
export class Release {
  private readonly server: Server;
  private upgraded = false;
  private away = false;

  constructor(private readonly address: string) {
    this.server = createServer((request, response) => this.pass(request, response));
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  upgrade() {
    this.upgraded = true;
  }

  /// What stands in front answers for a server that does not.
  leave() {
    this.away = true;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? "/";
    const isNew = path.startsWith("/assets/next/");
    if (this.away) {
      response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>502 Bad Gateway</h1>");
      return;
    }
    if (path.startsWith("/assets/") && isNew !== this.upgraded) {
      response.writeHead(404).end();
      return;
    }
    const { "accept-encoding": _, ...headers } = request.headers;
    const onward = ask(
      new URL(path.replace("/assets/next/", "/assets/"), this.address),
      { method: request.method, headers },
      (answer) => {
        const type = answer.headers["content-type"] ?? "";
        if (this.upgraded && texts.test(type)) {
          void rewritten(answer, response);
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  }
}

async function rewritten(answer: IncomingMessage, response: ServerResponse) {
  let text = "";
  for await (const part of answer.setEncoding("utf8")) text += part;
  const { "content-length": _, ...headers } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, headers).end(text.replaceAll("assets/", "assets/next/"));
}
