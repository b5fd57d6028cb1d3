import { beforeEach, expect, test } from "vitest";
import { MemoryStorage } from "@/lib/memory-storage";
import { sessionRenewal } from "./session-renewal";
import { leaseLock } from "./tab-lock";

let storage: MemoryStorage;
let lastRenewal: number;
let server: RefreshingServer;
let clock: number;

/// Ends the session when a second refresh arrives while the first is still being answered.
class RefreshingServer {
  refreshes = 0;
  atOnce = 0;
  mostAtOnce = 0;
  answer: () => Promise<boolean> = async () => true;

  refresh = async () => {
    this.refreshes += 1;
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.atOnce -= 1;
    return this.answer();
  };
}

const tab = () =>
  sessionRenewal({
    lock: leaseLock("session-renewal", storage),
    renewedAt: {
      read: () => lastRenewal,
      write: (millis) => {
        lastRenewal = millis;
      },
    },
    refresh: server.refresh,
    now: () => clock,
  });

beforeEach(() => {
  storage = new MemoryStorage();
  lastRenewal = 0;
  server = new RefreshingServer();
  clock = 1_000;
});

test("requests that are refused together share one refresh", async () => {
  const renew = tab();
  expect(await Promise.all([renew(900), renew(901), renew(902)])).toEqual(["renewed", "renewed", "renewed"]);
  expect(server.refreshes).toBe(1);
});

test("tabs that are refused together share one refresh without the browser's locks", async () => {
  const tabs = [tab(), tab(), tab()];
  const outcomes = await Promise.all(tabs.map((renew) => renew(900)));
  expect(outcomes).toEqual(["renewed", "renewed", "renewed"]);
  expect(server.refreshes).toBe(1);
  expect(server.mostAtOnce).toBe(1);
});

test("a request that was sent after the last refresh is worth another", async () => {
  const renew = tab();
  await renew(900);
  await renew(1_500);
  expect(server.refreshes).toBe(2);
});

test("a refused refresh ends the session", async () => {
  server.answer = async () => false;
  expect(await tab()(900)).toBe("over");
});

test("a refresh that did not reach the server ends nothing and is tried again", async () => {
  const renew = tab();
  server.answer = async () => {
    throw new Error("offline");
  };
  await expect(renew(900)).rejects.toThrow("offline");
  server.answer = async () => true;
  expect(await renew(900)).toBe("renewed");
});
