import { useState } from "react";

const unfolded = new Set<string>();

/// What somebody unfolded is so still where it is drawn anew, as rows of a long chat are.
///
/// @param key what it is, of all that can be unfolded
export function useUnfolded(key: string) {
  const [open, setOpen] = useState(() => unfolded.has(key));
  const unfold = (opened: boolean) => {
    if (opened) unfolded.add(key);
    else unfolded.delete(key);
    setOpen(opened);
  };
  return [open, unfold] as const;
}
