import { browserStorage } from "@/lib/browser-storage";
import { useLocalStorage, writeLocalStorage } from "@/lib/use-local-storage";

const key = "parley.sidebar";

/// Whether the chats stand beside the page, where it is wide enough for both.
export const useSidebarShown = (): boolean => useLocalStorage(key, "shown")[0] !== "hidden";

/// The button that shows them, and the one that hides them.
export const sidebarToggle = "sidebar-toggle";

export function toggleSidebar() {
  writeLocalStorage(key, browserStorage.getItem(key) === "hidden" ? "shown" : "hidden");
  requestAnimationFrame(() => {
    // Whoever pressed a button that is gone by now finds its counterpart.
    if (document.activeElement === document.body) document.getElementById(sidebarToggle)?.focus();
  });
}
