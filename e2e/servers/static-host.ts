import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/// A server that knows nothing but files, as one has them for static pages: what is no file is the app's page.
export class StaticHost {
  private readonly server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://host").pathname);
    const file = join(this.directory, path);
    const found = existsSync(file) && statSync(file).isFile() ? file : join(this.directory, "index.html");
    response.setHeader("Content-Type", types[extname(found)] ?? "application/octet-stream");
    response.end(await readFile(found));
  });

  constructor(private readonly directory: string) {}

  /// @returns its origin
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
