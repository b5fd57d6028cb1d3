/// Opens the app without a network: keeps its page and its code, and nothing else. What the server says of chats
/// and people is never kept, so it can never be old.
const worker = self as unknown as ServiceWorkerGlobalScope;

/// What the build knows: its own name, the code that every page needs, and the file that the page begins with.
declare const release: { version: string; files: string[]; entry: string };

const prefix = "parley-";
const current = prefix + release.version;
const page = "/";
/// Pages and files of the server's own, which the app's page must not stand in for.
const servers = /^\/(api|ws|v1|health|metrics|admin|docs)(\/|$)|\.\w+$/;
/// What a proxy says in the place of a server that is away.
const absences = new Set([502, 503, 504]);

worker.addEventListener("install", (event) => {
  event.waitUntil(install());
});
worker.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});
worker.addEventListener("message", (event) => {
  const { keep } = event.data as { keep?: string[] };
  if (keep !== undefined) event.waitUntil(Promise.all(keep.filter(isAsset).map(kept)));
});
worker.addEventListener("fetch", (event) => {
  const { request, preloadResponse } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (!servers.test(pathname)) event.respondWith(freshPage(request, preloadResponse));
  } else if (isAsset(request.url)) event.respondWith(kept(request.url));
});

const isAsset = (url: string) => {
  const { origin, pathname, search } = new URL(url, location.origin);
  return origin === location.origin && pathname.startsWith("/assets/") && search === "";
};

async function install() {
  await Promise.all(release.files.map(kept));
  const response = await fetch(page, { headers: { Accept: "text/html" }, cache: "no-store" });
  // While nodes of two versions answer, the page may be the other's. The browser tries again later.
  if (!(await response.clone().text()).includes(release.entry))
    throw new Error("The page is of another version.");
  const cache = await caches.open(current);
  await cache.put(page, response);
  // Pages that are open go on with the code they have: the version before stays in its cache.
  await worker.skipWaiting();
}

async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== current);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/// The server's page, or the kept one when the server does not answer.
async function freshPage(request: Request, preloaded: Promise<Response | undefined>): Promise<Response> {
  const answer = await preloaded.then((response) => response ?? fetch(request)).catch(() => null);
  if (answer !== null && !absences.has(answer.status)) return answer;
  const cache = await caches.open(current);
  return (await cache.match(page)) ?? answer ?? Response.error();
}

/// A file whose name changes with its content: the one that is kept is the one that is asked for.
async function kept(url: string): Promise<Response> {
  const known = await caches.match(url, { ignoreVary: true });
  const cache = await caches.open(current);
  if (known !== undefined) {
    if (!(await cache.match(url, { ignoreVary: true }))) await cache.put(url, known.clone());
    return known;
  }
  const response = await fetch(url);
  // What is missing is missing: it is told as it is, and not kept.
  if (response.ok) await cache.put(url, response.clone());
  return response;
}
