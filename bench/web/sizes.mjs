// What a first visit downloads until each page stands, as the build made it and as the server sends it.
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "frontend/dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const routes = "src/app/routes/";

/** What stands around a page is loaded with it. */
const pages = {
  "/": ["landing-page"],
  "/login": ["login-page"],
  "/register": ["register-page"],
  "/chat": ["protected-layout", "chat-page"],
  "/settings": ["protected-layout", "settings-page"],
};
const later = { "Markdown, with the first message": "src/ui/markdown/message-markdown.tsx" };

function filesOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest.`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const style of chunk.css ?? []) found.add(style);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
}

const entry = filesOf("index.html");
const compressed = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

/** The bytes of a body on the wire. */
function sent(address, file) {
  return new Promise((resolve, reject) => {
    get(`${address}/${file}`, { headers: { "Accept-Encoding": "gzip, br" } }, (response) => {
      let bytes = 0;
      response.on("data", (data) => {
        bytes += data.length;
      });
      response.on("end", () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${file} is answered with ${response.statusCode}.`)),
      );
    }).on("error", reject);
  });
}

async function measure(address, files) {
  const bytes = { scripts: 0, styles: 0, sent: 0 };
  for (const file of files) {
    bytes[file.endsWith(".css") ? "styles" : "scripts"] += compressed(file);
    bytes.sent += await sent(address, file);
  }
  return bytes;
}

/** Bytes for each page, by what they are. */
export async function sizes(address) {
  const results = {};
  for (const [path, names] of Object.entries(pages)) {
    const files = new Set(entry);
    for (const name of names) filesOf(`${routes}${name}.tsx`, files);
    results[path] = await measure(address, files);
  }
  for (const [name, key] of Object.entries(later)) {
    const known = filesOf(`${routes}chat-page.tsx`, new Set(entry));
    results[name] = await measure(address, [...filesOf(key)].filter((file) => !known.has(file)));
  }
  return results;
}
