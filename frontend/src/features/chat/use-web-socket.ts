import type { ClientFrame } from "@/api/live-frames";
import { subscriptions, useLink } from "./live-link";

interface LiveSocket {
  connected: boolean;
  /// @returns false where there is no connection to say it over
  send: (frame: ClientFrame) => boolean;
}

const send = (frame: ClientFrame) => subscriptions.say(frame);

/// The tab's one live connection, which is found again by itself whenever it is lost.
export function useWebSocket(): LiveSocket {
  return { connected: useLink((link) => link.connected), send };
}
