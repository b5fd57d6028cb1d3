import { useSyncExternalStore } from "react";

function subscribe(listener: () => void) {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/// Whether the browser has a network at all. That it has one says nothing of the server.
export const useOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine);
