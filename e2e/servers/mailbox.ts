import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/// An SMTP server that takes every mail and lays it down as a file, where the stories find it.
export class Mailbox {
  private readonly server: Server;
  private directory = "";
  private count = 0;

  constructor() {
    this.server = createServer((socket) => this.talk(socket));
  }

  async start(): Promise<{ port: number; directory: string }> {
    this.directory = await mkdtemp(join(tmpdir(), "parley-mails-"));
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return { port: (this.server.address() as AddressInfo).port, directory: this.directory };
  }

  async stop() {
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.directory, { recursive: true, force: true });
  }

  private talk(socket: Socket) {
    let heard = "";
    let inMail = false;
    socket.on("error", () => socket.destroy());
    socket.setEncoding("utf8");
    socket.write("220 mailbox\r\n");
    socket.on("data", (text: string) => {
      heard += text;
      for (;;) {
        const end = inMail ? "\r\n.\r\n" : "\r\n";
        const at = heard.indexOf(end);
        if (at < 0) return;
        const said = heard.slice(0, at);
        heard = heard.slice(at + end.length);
        if (inMail) {
          inMail = false;
          void this.keep(said).then(() => socket.write("250 taken\r\n"));
        } else if (/^DATA/i.test(said)) {
          inMail = true;
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(said)) {
          socket.end("221 bye\r\n");
        } else {
          socket.write("250 ok\r\n");
        }
      }
    });
  }

  private async keep(mail: string) {
    this.count += 1;
    const file = join(this.directory, `${this.count}.eml`);
    // Whoever finds it finds the whole of it.
    await writeFile(`${file}.part`, mail);
    await rename(`${file}.part`, file);
  }
}
