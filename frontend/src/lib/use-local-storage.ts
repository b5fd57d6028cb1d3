import { useCallback, useSyncExternalStore } from "react";
import { browserStorage } from "./browser-storage";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/// One string in localStorage, the same in every component and every tab.
export function useLocalStorage(key: string, initial: string): [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribe, () => browserStorage.getItem(key) ?? initial);
  const set = useCallback((next: string) => writeLocalStorage(key, next), [key]);
  return [value, set];
}

/// For code outside of components; those that show the value see the change.
export function writeLocalStorage(key: string, value: string) {
  browserStorage.setItem(key, value);
  for (const listener of listeners) listener();
}
