import { create } from "zustand";
import type { Chat } from "@/api/types";
import { tabStorage } from "@/lib/browser-storage";
import { currentUserId, userKey } from "@/lib/session";

/// What the next new chat is created with. It outlives a reload of its tab, as what is typed there does: a question
/// that was meant for a temporary chat must not become part of another one.
export type Opening = Pick<Chat, "settings" | "is_temporary">;

const plain: Opening = { settings: {}, is_temporary: false };

const useOpenings = create<{ chosen: Opening | null }>(() => ({ chosen: null }));

const key = () => userKey(currentUserId() ?? "", "opening");

let keptBefore: Opening | undefined;

/// As this tab left it.
function kept(): Opening {
  keptBefore ??= { ...plain, ...(JSON.parse(tabStorage.getItem(key()) ?? "{}") as Partial<Opening>) };
  return keptBefore;
}

export const useOpening = () => useOpenings(({ chosen }) => chosen ?? kept());

export const opening = (): Opening => useOpenings.getState().chosen ?? kept();

export function changeOpening(change: Partial<Opening>) {
  const chosen = { ...opening(), ...change };
  useOpenings.setState({ chosen });
  tabStorage.setItem(key(), JSON.stringify(chosen));
}

export function resetOpening() {
  useOpenings.setState({ chosen: plain });
  tabStorage.removeItem(key());
}
