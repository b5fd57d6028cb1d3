import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

const texts = /^(text\/(html|css|javascript)|application\/javascript)/;

/// A server in front of another that can be upgraded: from then on every file of the app has another address, and
/// what had the old ones is gone.
export class Release {
  private readonly server: Server;
  private upgraded = false;
  private away = false;

  constructor(private readonly address: string) {
    this.server = createServer((request, response) => this.pass(request, response));
    this.server.on("upgrade", (request, near, head) => this.join(request, near, head));
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

  /// A WebSocket: from its first line on, what one end says is passed to the other as it is.
  private join({ method, url, rawHeaders }: IncomingMessage, near: Duplex, head: Buffer) {
    near.on("error", () => near.destroy());
    if (this.away) {
      near.destroy();
      return;
    }
    const { hostname, port } = new URL(this.address);
    const far = connect(Number(port), hostname, () => {
      const lines = Array.from({ length: rawHeaders.length / 2 }, (_, index) =>
        rawHeaders.slice(2 * index, 2 * index + 2).join(": "),
      );
      far.write(`${method} ${url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      far.write(head);
      near.pipe(far).pipe(near);
    });
    far.on("error", () => near.destroy());
    far.on("close", () => near.destroy());
    near.on("close", () => far.destroy());
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
