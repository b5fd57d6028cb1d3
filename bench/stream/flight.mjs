// Where Parley's processor time goes while it streams: the JVM's own recording of it, sorted by what was being done.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { java } from "./programs.mjs";
import { cpu } from "./processes.mjs";

const jcmd = (pid, ...command) => execFileSync(java("jcmd"), [String(pid), ...command], { encoding: "utf8" });

const beside = (name) => new URL(name, import.meta.url).pathname;

export async function recordFlight(pid, directory, stream) {
  const file = join(directory, "parley.jfr");
  jcmd(pid, "JFR.start", "name=stream", `settings=${beside("flight.jfc")}`);
  const [before, begun] = [threads(pid), cpu(pid)];
  await stream();
  const [after, ended] = [threads(pid), cpu(pid)];
  jcmd(pid, "JFR.stop", "name=stream", `filename=${file}`);
  return [
    `The JVM used ${(ended - begun).toFixed(1)} s, by threads:`,
    "",
    "| threads | share |",
    "| --- | --- |",
    ...shares(before, after, ended - begun),
    "",
    execFileSync(java("java"), [beside("Flight.java"), file], { encoding: "utf8" }),
  ].join("\n");
}

/** Seconds by kind of thread. A virtual thread counts as its carrier. */
function threads(pid) {
  const seconds = new Map();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const task = `${pid}/task/${thread}`;
    const name = readFileSync(`/proc/${task}/comm`, "utf8").trim().replace(/[-# ]*\d+$/, "").replace(/-\d+-.*$/, "");
    seconds.set(name, (seconds.get(name) ?? 0) + cpu(task));
  }
  return seconds;
}

function shares(before, after, all) {
  return [...after]
    .map(([name, seconds]) => [name, (seconds - (before.get(name) ?? 0)) / all])
    .filter(([, share]) => share > 0.005)
    .sort(([, one], [, other]) => other - one)
    .map(([name, share]) => `| ${name} | ${(share * 100).toFixed(1)} % |`);
}
