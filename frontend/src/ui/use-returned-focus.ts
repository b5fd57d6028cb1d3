import { useRef } from "react";

/// Gives the focus back to what had it when a dialog opened. The dialog's own way needs a trigger inside
/// its tree, and ours are opened from elsewhere.
export function useReturnedFocus() {
  const opener = useRef<Element | null>(null);
  return {
    remember: () => {
      opener.current = document.activeElement;
    },
    giveBack: (event: Event) => {
      event.preventDefault();
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus();
    },
  };
}
