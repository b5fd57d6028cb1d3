import { tabId } from "./tab-id";

const prefix = "parley.tab.";
let said = false;

/// Says that this tab is there, for as long as it is: the browser takes the lock back however the tab ends.
export function sayPresent() {
  if (said || navigator.locks === undefined) return;
  said = true;
  void navigator.locks.request(prefix + tabId, () => new Promise(() => {}));
}

/// Which tabs were there at a time, in milliseconds.
export interface Presence {
  tabs: ReadonlySet<string>;
  at: number;
}

/// The tabs that are there. Null where the browser has no locks, as on a plain-HTTP address.
export async function presentTabs(): Promise<Presence | null> {
  if (navigator.locks === undefined) return null;
  const at = Date.now();
  const { held = [] } = await navigator.locks.query();
  const names = held.flatMap(({ name = "" }) => (name.startsWith(prefix) ? name.slice(prefix.length) : []));
  return { tabs: new Set(names), at };
}
