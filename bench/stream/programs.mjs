// The two Java programs beside what is measured: the provider, and the readers of its answers.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A tool of the JDK that Parley runs on. */
export const java = (tool) => (process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/${tool}` : tool);
const options = ["-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=4"];

function start(name, parameters) {
  const source = new URL(`${name}.java`, import.meta.url).pathname;
  const child = spawn(java("java"), [...options, source, ...parameters], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    write: (text) => child.stdin.write(text),
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} has ended.`);
      return value;
    },
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
    },
  };
}

export async function startProvider(pace) {
  const program = start("Provider", [String(pace)]);
  const port = Number(await program.line());
  return {
    ...program,
    port,
    setPace: async (tokensPerSecond) => void (await fetch(`http://127.0.0.1:${port}/pace/${tokensPerSecond}`)),
    lateness: async () => (await fetch(`http://127.0.0.1:${port}/lateness`)).json(),
  };
}

export function startReaders() {
  const program = start("Load", []);
  return {
    ...program,
    /** @param requests of `{path, authorization, body}`, one a stream */
    async read(port, perSecond, requests) {
      const job = [`${port} ${requests.length} ${perSecond}`];
      for (const { path, authorization, body } of requests) {
        job.push([path, authorization, JSON.stringify(body)].join("\t"));
      }
      program.write(`${job.join("\n")}\n`);
      return JSON.parse(await program.line());
    },
  };
}
