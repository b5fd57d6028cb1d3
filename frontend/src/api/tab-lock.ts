/// What of `Storage` a lease needs, so that a test can share one between two pretended tabs.
export type SharedStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export type Lock = <T>(run: () => Promise<T>) => Promise<T>;

const leaseMillis = 10_000;
const settleMillis = 40;

const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

/// One holder over all tabs. The browser's own locks exist in secure contexts alone; on a plain-HTTP
/// address a lease in localStorage stands in.
export function tabLock(name: string, storage: SharedStorage): Lock {
  const lease = leaseLock(name, storage);
  return async <T>(run: () => Promise<T>) => {
    const locks: LockManager | undefined = navigator.locks;
    return locks === undefined ? lease(run) : await locks.request(name, run);
  };
}

/// Writing is not atomic with reading, so a writer looks again after a moment: the last writer wins,
/// and everyone else sees that it was not them. A lease ends by itself, for its tab may be closed.
export function leaseLock(name: string, storage: SharedStorage): Lock {
  const key = `parley.lease.${name}`;

  return async (run) => {
    const mine = `${Math.random()}`;
    const holds = () => storage.getItem(key)?.startsWith(`${mine} `) ?? false;
    while (true) {
      if (isFree(storage.getItem(key))) {
        storage.setItem(key, `${mine} ${Date.now() + leaseMillis}`);
        await pause(settleMillis);
        if (holds()) break;
      }
      await pause(settleMillis);
    }
    try {
      return await run();
    } finally {
      if (holds()) storage.removeItem(key);
    }
  };
}

function isFree(lease: string | null): boolean {
  if (lease === null) return true;
  const until = Number(lease.split(" ")[1]);
  return !Number.isFinite(until) || until < Date.now();
}
