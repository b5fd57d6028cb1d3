import { useState } from "react";
import { browserStorage } from "@/lib/browser-storage";
import { currentUserId, userKey } from "@/lib/session";

/// A text that is changed and saved later. What was typed outlasts the page until it is saved, or its person signs out.
/// @param saved what the server has
export function useUnsavedText(name: string, saved: string) {
  const [text, setText] = useState(() => {
    const key = keyOf(name);
    return (key === null ? null : browserStorage.getItem(key)) ?? saved;
  });
  const keep = (next: string) => {
    setText(next);
    const key = keyOf(name);
    if (key === null) return;
    if (next === saved) browserStorage.removeItem(key);
    else browserStorage.setItem(key, next);
  };
  /// Only what was saved: somebody may have typed on meanwhile.
  const forget = (what: string) => {
    const key = keyOf(name);
    if (key !== null && browserStorage.getItem(key) === what) browserStorage.removeItem(key);
  };
  return { text, keep, forget };
}

/// Null for somebody who is just signing out, or what is erased would be written again.
function keyOf(name: string): string | null {
  const userId = currentUserId();
  return userId === null ? null : userKey(userId, `unsaved.${name}`);
}
