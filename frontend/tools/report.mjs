// What the web app is made of: for each page, the files that a first visit downloads before it shows, and the packages
// that take the room in them. Builds into memory; nothing is written.
import { gzipSync } from "node:zlib";
import { build } from "vite";

const mostPackages = 15;
const { output } = await build({ build: { write: false, reportCompressedSize: false }, logLevel: "warn" });
const chunks = new Map(output.filter(({ type }) => type === "chunk").map((chunk) => [chunk.fileName, chunk]));
const styles = new Map(
  output.filter(({ fileName }) => fileName.endsWith(".css")).map((file) => [file.fileName, file]),
);

function closure(chunk, found = new Map()) {
  if (found.has(chunk.fileName)) return found;
  found.set(chunk.fileName, chunk.code);
  for (const name of chunk.viteMetadata?.importedCss ?? []) found.set(name, styles.get(name)?.source ?? "");
  for (const name of chunk.imports) if (chunks.has(name)) closure(chunks.get(name), found);
  return found;
}

const entry = [...chunks.values()].find(({ isEntry }) => isEntry);
const routes = [...chunks.values()].filter(({ facadeModuleId }) =>
  /\/app\/routes\/[^/]+-page\.tsx$/.test(facadeModuleId ?? ""),
);
const layout = [...chunks.values()].find(({ facadeModuleId }) =>
  /protected-layout\.tsx$/.test(facadeModuleId ?? ""),
);

const gzip = (text) => gzipSync(text, { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1).padStart(8)} KB`;

const packageOf = (id) => {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  return (
    inPackage ??
    /\/src\/((?:features\/)?[^/]+)/.exec(id)?.[1]?.replace(/^/, "our own: ") ??
    "made by the build"
  );
};

function byPackage(files) {
  const sizes = new Map();
  for (const name of files.keys()) {
    for (const [id, { renderedLength }] of Object.entries(chunks.get(name)?.modules ?? {})) {
      sizes.set(packageOf(id), (sizes.get(packageOf(id)) ?? 0) + renderedLength);
    }
  }
  return [...sizes].sort(([, one], [, other]) => other - one);
}

for (const route of routes.sort((one, other) => one.fileName.localeCompare(other.fileName))) {
  const files = closure(entry);
  if (/\/(chat|settings)-page\./.test(route.facadeModuleId)) closure(layout, files);
  closure(route, files);
  const rows = [...files].map(([name, text]) => [name, gzip(text)]).sort(([, one], [, other]) => other - one);
  console.log(
    `\n${route.name}: ${kilobytes(rows.reduce((sum, [, size]) => sum + size, 0)).trim()} gzip before it shows`,
  );
  for (const [name, size] of rows) console.log(`${kilobytes(size)}  ${name}`);
  console.log("  of which, before it is made small:");
  for (const [name, size] of byPackage(files).slice(0, mostPackages))
    console.log(`${kilobytes(size)}  ${name}`);
}

console.log("\nWhat comes later, when it is wanted, gzip:");
const first = new Set(routes.flatMap((route) => [...closure(route, closure(entry)).keys()]));
const later = [...chunks.values()]
  .filter(({ fileName }) => !first.has(fileName))
  .map(({ fileName, code }) => [fileName, gzip(code)]);
for (const [name, size] of later.sort(([, one], [, other]) => other - one).slice(0, mostPackages))
  console.log(`${kilobytes(size)}  ${name}`);
