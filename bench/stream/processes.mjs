// What processes use, as Linux counts it.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

function stat(pid) {
  // The name is in brackets and may hold anything.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  const [own, ofEndedChildren] = [
    [11, 12],
    [13, 14],
  ].map((places) => places.reduce((sum, place) => sum + Number(fields[place]), 0) / ticksPerSecond);
  return { parent: Number(fields[1]), own, ofEndedChildren };
}

function orNothing(read) {
  try {
    return read();
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") {
      return undefined; // it has ended since it was listed
    }
    throw error;
  }
}

export function children(pid) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => orNothing(() => stat(other))?.parent === pid);
}

/** Seconds of processor time that a process has used. */
export const cpu = (pid) => stat(pid).own;

/** Of a process and its children, also those that have ended. */
export function cpuOfFamily(pid) {
  const { own, ofEndedChildren } = stat(pid);
  return children(pid).reduce((sum, child) => sum + (orNothing(() => cpu(child)) ?? 0), own + ofEndedChildren);
}

function kilobytes(file, name) {
  const text = orNothing(() => readFileSync(file, "utf8")) ?? "";
  return Number(new RegExp(`^${name}: +(\\d+) kB`, "m").exec(text)?.[1] ?? 0);
}

/** Resident memory in megabytes; what several processes share counts once. */
export const memory = (pids) =>
  pids.reduce((sum, pid) => sum + kilobytes(`/proc/${pid}/smaps_rollup`, "Pss"), 0) / 1024;

export const family = (pid) => [pid, ...children(pid)];

/** How many processes the machine had running or waiting to run in the last minute. */
export const load = () => Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]);

/** Seconds of all processors that were spent on anything, since the machine started. */
export function busy() {
  const [user, nice, system, , , irq, softirq, steal] = /^cpu +(.*)$/m
    .exec(readFileSync("/proc/stat", "utf8"))[1]
    .split(" ")
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / ticksPerSecond;
}
