import { useState } from "react";
import { keepUnsaved, readUnsaved } from "./unsaved";

/// A text that is changed and saved later. What was typed outlasts the page until it is saved, or its person signs out.
/// @param saved what the server has
export function useUnsavedText(name: string, saved: string) {
  const [text, setText] = useState(() => readUnsaved(name) ?? saved);
  const keep = (next: string) => {
    setText(next);
    keepUnsaved(name, next === saved ? null : next);
  };
  /// Only what was saved: somebody may have typed on meanwhile.
  const forget = (what: string) => {
    if (readUnsaved(name) === what) keepUnsaved(name, null);
  };
  return { text, keep, forget };
}
