import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { toast } from "@/ui/toast";

const restMillis = 10 * 60_000;

/// Whether the server's page begins with another file than this one did. Its name changes with anything in the app.
async function isOutdated(entry: string): Promise<boolean> {
  const response = await fetch("/", { headers: { Accept: "text/html" }, cache: "no-store" });
  return response.ok && !(await response.text()).includes(entry);
}

/// Looks for a new version now and then, when the page is looked at again, and when a part of this one is no longer
/// there. It says so once, quietly. The new version is taken when the person wants it: nothing here ever loads the
/// page anew by itself.
export function lookForNewVersions(entry: string) {
  let lookedAt = Date.now();
  let told = false;
  const look = async () => {
    if (told || document.hidden || !navigator.onLine || Date.now() - lookedAt < restMillis) return;
    lookedAt = Date.now();
    // A server that cannot be asked has nothing new to offer now.
    if (!(await isOutdated(entry).catch(() => false))) return;
    told = true;
    toast(
      i18n._(msg`A new version of Parley is ready.`),
      { label: i18n._(msg`Load it`), run: () => location.reload() },
      { shownMillis: Number.POSITIVE_INFINITY },
    );
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  addEventListener("vite:preloadError", () => {
    lookedAt = 0;
    void look();
  });
  setInterval(look, restMillis);
}
