import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepConnected, type Socket } from "./live-connection";

class FakeSocket implements Socket {
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  readonly sent: string[] = [];
  closed = false;

  send(text: string) {
    this.sent.push(text);
  }

  close() {
    this.closed = true;
  }

  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent<string>);
  }

  ends(code: number) {
    this.onclose?.({ code } as CloseEvent);
  }
}

/// A line to a pretended server; what happened stands in `log`.
function line() {
  const sockets: FakeSocket[] = [];
  const log: string[] = [];
  const abort = new AbortController();
  let wake = () => {};
  const ended = keepConnected(
    {
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket;
      },
      pause: async (attempt) => void log.push(`pause ${attempt}`),
      renew: async () => void log.push("renew"),
      wakeUps: (listener) => {
        wake = listener;
        return () => {};
      },
    },
    {
      onReady: () => log.push("ready"),
      onLost: () => log.push("lost"),
      onFailed: () => log.push("failed"),
      onFrame: ({ kind }) => log.push(kind),
    },
    abort.signal,
  );
  const socket = async (index: number) => {
    await vi.waitFor(() => expect(sockets.length).toBeGreaterThan(index));
    return sockets[index] as FakeSocket;
  };
  return { socket, log, abort, ended, wake: () => wake() };
}

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

test("a lost connection is followed by another, later and later until one was ready", async () => {
  const { socket, log } = line();
  (await socket(0)).ends(1006);
  (await socket(1)).ends(1006);
  const third = await socket(2);
  third.says({ type: "ready" });
  third.says({ type: "resync" });
  third.ends(4408);
  await socket(3);
  expect(log).toEqual(["failed", "pause 1", "failed", "pause 2", "ready", "resync", "lost", "pause 1"]);
});

test("a refused token is renewed and tried at once, and not again and again", async () => {
  const { socket, log } = line();
  (await socket(0)).ends(4401);
  (await socket(1)).ends(4401);
  await socket(2);
  expect(log).toEqual(["failed", "renew", "failed", "renew", "pause 2"]);
});

test("a session that ends under a connection is renewed before the next", async () => {
  const { socket, log } = line();
  const first = await socket(0);
  first.says({ type: "ready" });
  first.ends(4401);
  await socket(1);
  expect(log).toEqual(["ready", "lost", "renew"]);
});

test("a line that does not answer is given up", async () => {
  const { socket, log, wake } = line();
  const first = await socket(0);
  first.says({ type: "ready" });
  wake();
  expect(first.sent).toEqual(['{"type":"ping"}']);
  vi.advanceTimersByTime(4_000);
  first.says({ type: "pong" });
  vi.advanceTimersByTime(60_000);
  expect(first.closed).toBe(false);
  wake();
  vi.advanceTimersByTime(5_000);
  expect(first.closed).toBe(true);
  await socket(1);
  expect(log).toEqual(["ready", "lost", "pause 1"]);
});

test("a server that does not greet is given up", async () => {
  const { socket } = line();
  const first = await socket(0);
  vi.advanceTimersByTime(10_000);
  expect(first.closed).toBe(true);
  await socket(1);
});

test("nobody listens any longer", async () => {
  const { socket, log, abort, ended } = line();
  const first = await socket(0);
  first.says({ type: "ready" });
  abort.abort();
  await ended;
  expect(first.closed).toBe(true);
  expect(log).toEqual(["ready", "lost", "pause 1"]);
});
