import { lookForNewVersions } from "./new-version";

/// What may wait until the page is there: keeping it for a time without a network, and new versions.
/// @param entry the path of the file that the page began with
export async function startInBackground(entry: string) {
  lookForNewVersions(entry);
  // Absent on plain-HTTP addresses: there the app needs its server.
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined) return;
  try {
    await serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const { active } = await serviceWorker.ready;
    // What this page has loaded before the worker was there is worth keeping too.
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    active?.postMessage({ keep: loaded });
  } catch {
    // A browser may forbid it, as private windows of some do. Everything else works.
  }
}
