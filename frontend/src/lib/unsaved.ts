import { browserStorage } from "./browser-storage";
import { currentUserId, userKey } from "./session";

/// What the signed-in person typed under this name and did not save, or null.
export function readUnsaved(name: string): string | null {
  const key = keyOf(name);
  return key === null ? null : browserStorage.getItem(key);
}

/// It outlasts the page until its person signs out.
/// @param text null when there is nothing left to save
export function keepUnsaved(name: string, text: string | null) {
  const key = keyOf(name);
  if (key === null) return;
  if (text === null) browserStorage.removeItem(key);
  else browserStorage.setItem(key, text);
}

/// Null for somebody who is just signing out, or what is erased would be written again.
function keyOf(name: string): string | null {
  const userId = currentUserId();
  return userId === null ? null : userKey(userId, `unsaved.${name}`);
}
