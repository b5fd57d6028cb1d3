import { type ClientFrame, type LiveFrame, readFrame } from "./live-frames";

/// What is needed of a `WebSocket`.
export interface Socket {
  send: (text: string) => void;
  close: () => void;
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
}

export interface Parts {
  open: () => Socket;
  /// Returns when it is time to try again.
  pause: (attempt: number, signal: AbortSignal) => Promise<void>;
  /// Returns when there is a session to try with.
  renew: (openedAt: number, signal: AbortSignal) => Promise<void>;
  /// Calls whenever the line should be tried, until the returned function is called.
  wakeUps: (wake: () => void) => () => void;
}

export interface LiveListener {
  /// Frames may be sent from now on, until `onLost`.
  onReady: (send: (frame: ClientFrame) => void) => void;
  onLost: () => void;
  /// An attempt to connect came to nothing.
  onFailed: () => void;
  onFrame: (frame: LiveFrame) => void;
}

/// The session has ended, or its token was too old to begin with.
const unauthenticated = 4401;
/// The server waits five seconds for a token that a cookie did not bring.
const longestGreetingMillis = 10_000;
/// A line that is half dead says nothing. What was asked over it must be answered within this.
const longestSilenceMillis = 5_000;

/// One connection after the other, until the signal says that nobody listens any longer.
export async function keepConnected(
  { open, pause, renew, wakeUps }: Parts,
  listener: LiveListener,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const openedAt = Date.now();
    const { code, wasReady } = await oneConnection(open(), wakeUps, listener, signal);
    failures = wasReady ? 1 : failures + 1;
    if (code === unauthenticated) await renew(openedAt, signal);
    if (code !== unauthenticated || failures > 1) await pause(failures, signal);
  }
}

interface End {
  code: number;
  wasReady: boolean;
}

function oneConnection(
  socket: Socket,
  wakeUps: Parts["wakeUps"],
  listener: LiveListener,
  signal: AbortSignal,
): Promise<End> {
  return new Promise((resolve) => {
    let wasReady = false;
    const end = (code: number) => {
      clearTimeout(silence);
      stopWaking();
      signal.removeEventListener("abort", leave);
      socket.onmessage = null;
      socket.onclose = null;
      if (wasReady) listener.onLost();
      else listener.onFailed();
      resolve({ code, wasReady });
    };
    // A dead line does not answer a farewell either.
    const leave = () => {
      socket.close();
      end(1006);
    };
    const send = (frame: ClientFrame) => socket.send(JSON.stringify(frame));
    let silence = setTimeout(leave, longestGreetingMillis);
    const stopWaking = wakeUps(() => {
      if (!wasReady) return;
      clearTimeout(silence);
      silence = setTimeout(leave, longestSilenceMillis);
      send({ type: "ping" });
    });
    socket.onclose = ({ code }) => end(code);
    socket.onmessage = ({ data }) => {
      if (wasReady) clearTimeout(silence);
      const frame = readFrame(data);
      if (frame?.kind === "ready") {
        clearTimeout(silence);
        wasReady = true;
        listener.onReady(send);
      } else if (frame !== null) listener.onFrame(frame);
    };
    signal.addEventListener("abort", leave);
    if (signal.aborted) leave();
  });
}
