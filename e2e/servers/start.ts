import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const root = join(import.meta.dirname, "../..");
const longestStartMillis = 180_000;
const longestStopMillis = 30_000;

export interface RunningServer {
  address: string;
  /// Its data directory.
  data: string;
  stop: () => Promise<void>;
}

/// Starts the packed jar on a free port with an empty data directory. Nothing of the caller's configuration
/// reaches it: what is tested is the program as it comes.
export async function startServer(name: string, settings: Record<string, string>): Promise<RunningServer> {
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), `parley-${name}-`));
  const logFile = join(data, "server.log");
  const log = openSync(logFile, "w");
  const [command = "java", ...parameters] = program();
  const server = spawn(command, [...parameters, "run"], {
    cwd: data,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      PARLEY_DATA_DIR: data,
      // An answer that a test holds back never ends.
      PARLEY_DRAIN_SECONDS: "0",
      ...settings,
    },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let failure: Error | null = null;
  const ended = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
    server.once("error", (error) => {
      failure = error;
      resolve();
    });
  });
  const stop = async () => {
    server.kill("SIGTERM");
    const impatience = setTimeout(() => server.kill("SIGKILL"), longestStopMillis);
    await ended;
    clearTimeout(impatience);
    await rm(data, { recursive: true, force: true });
  };

  const address = `http://127.0.0.1:${port}`;
  const begun = Date.now();
  while (!(await isHealthy(address))) {
    if (failure !== null || server.exitCode !== null || Date.now() - begun > longestStartMillis) {
      const said = failure ?? readFileSync(logFile, "utf8");
      await stop();
      throw new Error(`The server "${name}" did not become healthy:\n${said}`);
    }
    await pause(100);
  }
  return { address, data, stop };
}

/// As `./parley` starts it, without the program's own command. `PARLEY_JAR` names another jar, as one that was
/// downloaded.
export function program(): string[] {
  const java = process.env.JAVA_HOME === undefined ? "java" : join(process.env.JAVA_HOME, "bin/java");
  const options = `@${join(root, "backend/jvm.options")}`;
  const other = process.env.PARLEY_JAR;
  if (other !== undefined) return [java, options, "-jar", other];
  const jar = join(root, ".build/app/parley.jar");
  if (!existsSync(jar)) throw new Error('Nothing is built yet: run "./parley build" first.');
  const cache = readdirSync(join(jar, "..")).find((name) => name.endsWith(".aot"));
  return [java, options, ...(cache ? [`-XX:AOTCache=${join(jar, "..", cache)}`] : []), "-jar", jar];
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${address}/health/`, { signal: AbortSignal.timeout(5_000) });
    return ok;
  } catch {
    // Not listening yet.
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
