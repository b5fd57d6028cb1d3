import { expect, test } from "vitest";
import { MemoryStorage } from "@/lib/memory-storage";
import { leaseLock } from "./tab-lock";

test("only one tab at a time holds the lease, and each gets its turn", async () => {
  const storage = new MemoryStorage();
  let holders = 0;
  let most = 0;
  const turns: number[] = [];
  const work = (tab: number) => async () => {
    holders += 1;
    most = Math.max(most, holders);
    await new Promise((resolve) => setTimeout(resolve, 15));
    holders -= 1;
    turns.push(tab);
  };
  await Promise.all([1, 2, 3, 4].map((tab) => leaseLock("test", storage)(work(tab))));
  expect(most).toBe(1);
  expect(turns.toSorted()).toEqual([1, 2, 3, 4]);
  expect(storage.entries.size).toBe(0);
});

test("the lease of a closed tab ends by itself", async () => {
  const storage = new MemoryStorage();
  storage.setItem("parley.lease.test", `0.5 ${Date.now() - 1}`);
  expect(await leaseLock("test", storage)(async () => "held")).toBe("held");
});

test("work that fails gives the lease back", async () => {
  const storage = new MemoryStorage();
  const lock = leaseLock("test", storage);
  const failing = lock(async () => {
    throw new Error("failed");
  });
  await expect(failing).rejects.toThrow("failed");
  expect(await lock(async () => "held")).toBe("held");
});
