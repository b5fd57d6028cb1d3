// What a first visit downloads before the first chat shows, gzipped, per route. Fails above the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budget = 200 * 1024;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

function collect(key, files = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest`);
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const imported of chunk.imports ?? []) collect(imported, files);
  return files;
}

const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1).padStart(6)} KB`;

/// What is seen without signing in. All else stands within the layout of those who have.
const open = /(landing|login|register|forgot-password|reset-password)-page/;
const routes = Object.keys(manifest).filter((key) => /^src\/app\/routes\/.*\.tsx$/.test(key));
if (routes.length === 0) throw new Error("No route is in the manifest.");
let over = false;
for (const route of routes.sort()) {
  const files = collect("index.html", new Set());
  if (!open.test(route)) collect("src/app/routes/protected-layout.tsx", files);
  collect(route, files);
  const total = [...files].reduce((sum, file) => sum + size(file), 0);
  const name = route.replace("src/app/routes/", "").replace(".tsx", "");
  console.log(`${kilobytes(total)} gzip  ${name}${total > budget ? "  over the budget" : ""}`);
  over ||= total > budget;
}
console.log(`${kilobytes(budget)} gzip  budget for each`);
process.exit(over ? 1 : 0);
