// A server on a free port and a data directory of its own, for as long as a measurement or a training needs it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const LONGEST_START_MS = 120_000;

export async function temporaryDirectory() {
  const path = await mkdtemp(join(tmpdir(), "parley-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * @param command the JVM and all that follows, without the program's own command
 * @param data the data directory
 * @returns when the server is healthy, with how long that took
 */
export async function start(command, data, environment = {}) {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(command[0], [...command.slice(1), "run"], {
    // Nothing of the caller's configuration: what is trained or measured is the program as it comes.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      PARLEY_DATA_DIR: data,
      ...environment,
    },
    cwd: data,
    stdio: "inherit",
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const address = `http://127.0.0.1:${port}`;
  while (!(await isHealthy(address))) {
    if (child.exitCode !== null || performance.now() - begun > LONGEST_START_MS) {
      child.kill("SIGKILL");
      throw new Error("The server did not become healthy.");
    }
    await pause(10);
  }
  return {
    address,
    pid: child.pid,
    milliseconds: performance.now() - begun,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function isHealthy(address) {
  try {
    return (await fetch(`${address}/health/`)).ok;
  } catch {
    return false;
  }
}
