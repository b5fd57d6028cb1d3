import type { SharedStorage } from "@/api/tab-lock";
import { browserStorage } from "@/lib/browser-storage";
import { currentUserId, userKey } from "@/lib/session";

export const draftKey = (userId: string, chatId: string | undefined) =>
  userKey(userId, `draft.${chatId ?? "new"}`);

export function writeDraft(storage: SharedStorage, key: string, text: string) {
  if (text.trim() === "") storage.removeItem(key);
  else storage.setItem(key, text);
}

export const loadDraft = (chatId: string | undefined) =>
  browserStorage.getItem(draftKey(currentUserId(), chatId)) ?? "";

export const saveDraft = (chatId: string | undefined, text: string) =>
  writeDraft(browserStorage, draftKey(currentUserId(), chatId), text);
