#!/usr/bin/env node
// Looks up what is known against the packages that Parley is made of: `./parley audit [--advisories DIRECTORY]`.
//
// The npm registry is asked about the web app and the tests in the browser, and osv.dev about the server. With
// --advisories nobody is asked: the directory has advisories in OSV's format, a JSON file each, as they are in the archives
// https://osv-vulnerabilities.storage.googleapis.com/{npm,Maven}/all.zip, which another machine can fetch.
//
// It ends with 1 where something is known, and with 2 where nothing is but somebody could not be asked.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = new URL("..", import.meta.url).pathname;
const OSV = process.env.PARLEY_OSV ?? "https://api.osv.dev";
const PATIENCE_MS = 20_000;
const ASKED_AT_ONCE = 500;
/** What is only used where Parley is built or tested is no part of it. */
const lockFiles = { "the web app": "frontend", "the tests in the browser": "e2e" };

let values;
try {
  ({ values } = parseArgs({ options: { advisories: { type: "string" } } }));
} catch {
  console.error('"audit" takes --advisories DIRECTORY, or nothing.');
  process.exit(2);
}

/** @typedef {{ecosystem: string, name: string, version: string, forUse: boolean}} Package */

/** @returns {Package[]} */
function locked(directory) {
  const { packages } = JSON.parse(readFileSync(join(root, directory, "package-lock.json"), "utf8"));
  return Object.entries(packages ?? {})
    .filter(([path]) => path !== "")
    .map(([path, { name, version, dev }]) => ({
      ecosystem: "npm",
      name: name ?? path.replace(/^.*node_modules\//, ""),
      version,
      forUse: directory === "frontend" && !dev,
    }));
}

/** @returns {Package[]} of the server, from its bill of materials, which each build writes */
function billed() {
  const bill = join(root, "backend/target/classes/META-INF/sbom/application.cdx.json");
  if (!existsSync(bill)) {
    console.error('There is no bill of materials of the server yet: run "./parley build" first.');
    process.exit(2);
  }
  return JSON.parse(readFileSync(bill, "utf8")).components.map(({ group, name, version }) => ({
    ecosystem: "Maven",
    name: `${group}:${name}`,
    version,
    forUse: true,
  }));
}

/** Numbers by their value, and before them what comes before a release. */
const early = ["alpha", "a", "beta", "b", "milestone", "m", "rc", "cr", "snapshot", "canary", "next", "pre", "preview"];
const parts = (version) =>
  (version.toLowerCase().replace(/\+.*$/, "").match(/\d+|[a-z]+/g) ?? [])
    .filter((part) => !["final", "ga", "release"].includes(part))
    .map((part) => (/\d/.test(part) ? Number(part) : part));
const rank = (part) => (part === undefined ? 0 : typeof part === "number" ? 1 : early.includes(part) ? -1 : 0.5);

/** Negative where `a` is older than `b`. */
function compare(a, b) {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    // 1.0 is 1.0.0.
    if ((x ?? 0) === (y ?? 0)) continue;
    if (typeof x === "number" && typeof y === "number") return x - y;
    if (rank(x) !== rank(y)) return rank(x) - rank(y);
    return early.includes(x) ? early.indexOf(x) - early.indexOf(y) : x < y ? -1 : 1;
  }
  return 0;
}

/** Whether one range of an advisory has this version in it. */
function isWithin({ type, events }, version) {
  if (type === "GIT") return false;
  let inside = false;
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined && (introduced === "0" || compare(version, introduced) >= 0)) inside = true;
    if (fixed !== undefined && compare(version, fixed) >= 0) inside = false;
    if (last !== undefined && compare(version, last) > 0) inside = false;
  }
  return inside;
}

const isAffected = ({ affected = [], withdrawn }, { ecosystem, name, version }) =>
  withdrawn === undefined &&
  affected.some(
    (one) =>
      one.package?.ecosystem === ecosystem &&
      one.package.name === name &&
      (one.versions?.includes(version) || (one.ranges ?? []).some((range) => isWithin(range, version))),
  );

const found = [];
const unasked = [];
const note = (part, { name, version, forUse }, what) =>
  found.push(`${name} ${version} (${part}${forUse ? "" : ", where Parley is built and tested alone"}): ${what}`);

function lookUp(directory) {
  const names = readdirSync(directory, { recursive: true }).filter((name) => name.endsWith(".json"));
  const packages = [
    ...Object.entries(lockFiles).flatMap(([part, place]) => locked(place).map((one) => ({ ...one, part }))),
    ...billed().map((one) => ({ ...one, part: "the server" })),
  ];
  const byName = new Map();
  for (const one of packages) {
    const key = `${one.ecosystem} ${one.name}`;
    byName.set(key, [...(byName.get(key) ?? []), one]);
  }
  for (const name of names) {
    const advisory = JSON.parse(readFileSync(join(directory, name), "utf8"));
    const concerned = new Set(
      (advisory.affected ?? []).flatMap(({ package: of }) => byName.get(`${of?.ecosystem} ${of?.name}`) ?? []),
    );
    for (const one of concerned) {
      if (isAffected(advisory, one)) note(one.part, one, `${advisory.id} ${advisory.summary ?? ""}`.trim());
    }
  }
  console.log(`${names.length} advisories looked at for ${packages.length} packages.`);
}

function askNpm(part, directory) {
  const { stdout } = spawnSync("npm", ["audit", "--json", "--package-lock-only", "--fetch-timeout", String(PATIENCE_MS), "--fetch-retries", "0"], {
    cwd: join(root, directory),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  let report;
  try {
    report = JSON.parse(stdout);
  } catch {
    report = {};
  }
  if (report.vulnerabilities === undefined) {
    unasked.push(`The npm registry cannot be asked about ${part}.`);
    return;
  }
  const packages = locked(directory);
  for (const { name, severity, via } of Object.values(report.vulnerabilities)) {
    for (const cause of via.filter((each) => typeof each === "object")) {
      const one = packages.find((each) => each.name === name) ?? { name, version: "", forUse: true };
      note(part, one, `${severity}: ${cause.title} ${cause.url ?? ""}`.trim());
    }
  }
}

async function askOsv() {
  const packages = billed();
  try {
    for (let from = 0; from < packages.length; from += ASKED_AT_ONCE) {
      const some = packages.slice(from, from + ASKED_AT_ONCE);
      const response = await fetch(`${OSV}/v1/querybatch`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          queries: some.map(({ ecosystem, name, version }) => ({ package: { ecosystem, name }, version })),
        }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!response.ok) throw new Error(`It answers ${response.status}.`);
      const { results } = await response.json();
      for (const [i, { vulns = [] }] of results.entries()) {
        for (const { id } of vulns) note("the server", some[i], `${id} https://osv.dev/${id}`);
      }
    }
  } catch (error) {
    unasked.push(`${new URL(OSV).host} cannot be asked about the server: ${error.cause?.code ?? error.message}`);
  }
}

if (values.advisories === undefined) {
  for (const [part, directory] of Object.entries(lockFiles)) askNpm(part, directory);
  await askOsv();
} else {
  lookUp(values.advisories);
}
for (const line of [...found, ...unasked]) console.log(line);
if (unasked.length > 0) {
  console.log('Without a network, "./parley audit --advisories DIRECTORY" reads advisories that another machine has fetched.');
}
if (found.length === 0 && unasked.length === 0) console.log("Nothing is known against what Parley is made of.");
process.exitCode = found.length > 0 ? 1 : unasked.length > 0 ? 2 : 0;
