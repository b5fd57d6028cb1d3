import type { Lock, SharedStorage } from "./tab-lock";

export type Renewal = "renewed" | "over";

interface Parts {
  lock: Lock;
  storage: SharedStorage;
  /// Asks the server for a new pair of cookies; false when it says that the session has ended.
  refresh: () => Promise<boolean>;
  now: () => number;
}

const renewedAtKey = "parley.renewed-at";

/// A refresh token may be used once: a second use ends the whole session. So all requests of a tab
/// share one attempt, tabs take turns, and whoever waited takes over what the one before it reached.
export function sessionRenewal({ lock, storage, refresh, now }: Parts) {
  let running: Promise<Renewal> | null = null;

  async function renew(refusedAt: number): Promise<Renewal> {
    const renewedAt = Number(storage.getItem(renewedAtKey) ?? 0);
    if (renewedAt >= refusedAt) return "renewed";
    if (!(await refresh())) return "over";
    storage.setItem(renewedAtKey, String(now()));
    return "renewed";
  }

  /// @param sentAt when the refused request left; a renewal since then already answers it
  return (sentAt: number): Promise<Renewal> => {
    running ??= lock(() => renew(sentAt)).finally(() => {
      running = null;
    });
    return running;
  };
}
