import { useLayoutEffect, useRef } from "react";

/// Gives the focus back to what had it when a dialog opened. The dialog's own way needs a trigger inside
/// its tree, and ours are opened from elsewhere; nor does it tell of its opening where a field in it takes
/// the focus by itself, so this looks before the content is there.
export function useReturnedFocus(open: boolean) {
  const opener = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (open) opener.current = document.activeElement;
  }, [open]);
  return (event: Event) => {
    event.preventDefault();
    if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
  };
}
