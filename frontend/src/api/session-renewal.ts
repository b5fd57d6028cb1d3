import type { Lock } from "./tab-lock";

export type Renewal = "renewed" | "over";

/// When any tab last renewed the session, in milliseconds; 0 before the first time.
export interface RenewedAt {
  read(): number;
  write(millis: number): void;
}

interface Parts {
  lock: Lock;
  renewedAt: RenewedAt;
  /// Asks the server for a new pair of cookies; false when it says that the session has ended.
  refresh: () => Promise<boolean>;
  now: () => number;
}

/// A refresh token may be used once: a second use ends the whole session. So all requests of a tab
/// share one attempt, tabs take turns, and whoever waited takes over what the one before it reached.
export function sessionRenewal({ lock, renewedAt, refresh, now }: Parts) {
  let running: Promise<Renewal> | null = null;

  async function renew(refusedAt: number): Promise<Renewal> {
    if (renewedAt.read() >= refusedAt) return "renewed";
    if (!(await refresh())) return "over";
    renewedAt.write(now());
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
