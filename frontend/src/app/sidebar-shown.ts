import { browserStorage } from "@/lib/browser-storage";
import { useLocalStorage, writeLocalStorage } from "@/lib/use-local-storage";

const key = "parley.sidebar";

/// Whether the chats stand beside the page, where it is wide enough for both.
export const useSidebarShown = (): boolean => useLocalStorage(key, "shown")[0] !== "hidden";

export const toggleSidebar = () =>
  writeLocalStorage(key, browserStorage.getItem(key) === "hidden" ? "shown" : "hidden");
