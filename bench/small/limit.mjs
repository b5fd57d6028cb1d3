// A limit for the memory of a process and all that it starts, where Linux lets us set one: a control group below our own.
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = "/sys/fs/cgroup";
const FILES = {
  2: { limit: "memory.max", swap: ["memory.swap.max", "0"], peak: "memory.peak", kills: "memory.events" },
  1: { limit: "memory.limit_in_bytes", swap: ["memory.swappiness", "0"], peak: "memory.max_usage_in_bytes", kills: "memory.oom_control" },
};

function ourOwn() {
  for (const line of readFileSync("/proc/self/cgroup", "utf8").trim().split("\n")) {
    const [, controllers, path] = line.split(":");
    if (controllers.split(",").includes("memory")) {
      return { version: 1, path: join(ROOT, "memory", path) };
    }
    if (controllers === "") {
      const unified = join(ROOT, path);
      if (readFileSync(join(unified, "cgroup.controllers"), { encoding: "utf8", flag: "r" }).includes("memory")) {
        return { version: 2, path: unified };
      }
    }
  }
  throw new Error("no control group counts memory");
}

/** @returns undefined where none can be set, with a sentence on the console that says why */
export function limitedTo(bytes) {
  let path;
  try {
    const own = ourOwn();
    const files = FILES[own.version];
    path = join(own.path, `parley-small-${process.pid}`);
    mkdirSync(path);
    const write = (name, value) => writeFileSync(join(path, name), value);
    const read = (name) => readFileSync(join(path, name), "utf8");
    write(files.limit, String(bytes));
    write(...files.swap);
    return {
      /** Runs a command inside: the shell moves itself there, and becomes it. */
      command: (words) => ["sh", "-c", 'echo $$ >"$0/cgroup.procs" && exec "$@"', path, ...words],
      /** In bytes, with files that the kernel keeps in memory as long as nobody else needs it. */
      peak: () => Number(read(files.peak)),
      /** How many processes the kernel has killed to keep the limit. */
      kills: () => Number(/^oom_kill (\d+)/m.exec(read(files.kills))?.[1] ?? 0),
      remove: () => rmdirSync(path),
    };
  } catch (error) {
    if (path) {
      try {
        rmdirSync(path);
      } catch {
        // It was never made.
      }
    }
    console.error(`No limit could be set (${error.message}); memory is measured all the same.`);
    return undefined;
  }
}
