import { renewSessionOrEnd } from "@/api/http";
import { keepConnected } from "@/api/live-connection";
import type { LiveFrame } from "@/api/live-frames";
import { socketAddress } from "@/api/server-address";
import { backoff } from "@/lib/backoff";
import { signedInAgain } from "@/lib/session";
import { joinOverheard } from "./answers";
import { heardOfChat, refetchShownChats } from "./chat-news";
import { hear, subscriptions, useLink } from "./live-link";
import { typingEnded, typingHeard } from "./typing-elsewhere";

/// How often a line that may be half dead is tried while somebody looks.
const tryMillis = 30_000;

/// Keeps this tab and all others of the account the same, until the signal says that nobody looks.
export function keepInSync(signal: AbortSignal): Promise<void> {
  return keepConnected(
    {
      open: () => new WebSocket(socketAddress()),
      pause: backoff,
      renew,
      wakeUps,
    },
    {
      onReady: (send) => {
        subscriptions.connected(send);
        useLink.setState({ connected: true, failing: false });
        // What happened before the connection stood was told to nobody here.
        refetchShownChats();
      },
      onLost: () => {
        subscriptions.lost();
        useLink.setState({ connected: false });
      },
      onFailed: () => useLink.setState({ failing: true }),
      onFrame,
    },
    signal,
  );
}

function onFrame(frame: LiveFrame) {
  switch (frame.kind) {
    case "resync":
      return refetchShownChats();
    case "chat":
      heardOfChat(frame.change, frame.chat);
      return joinOverheard(frame.chat.id);
    case "typing":
      return typingHeard(frame.chatId);
    case "answer":
      hear(frame.chatId, frame.messageId, frame.event);
      if (frame.event.type !== "start") return;
      // What was typed there has been asked.
      typingEnded(frame.chatId);
      joinOverheard(frame.chatId);
  }
}

async function renew(openedAt: number, signal: AbortSignal) {
  const renewal = await renewSessionOrEnd(openedAt).catch(() => "unknown");
  // Without an answer the next attempt finds out again.
  if (renewal === "over") await signedInAgain(signal);
}

function wakeUps(wake: () => void) {
  const look = () => {
    if (!document.hidden) wake();
  };
  const timer = setInterval(look, tryMillis);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    removeEventListener("online", look);
    document.removeEventListener("visibilitychange", look);
  };
}
