import { useSyncExternalStore } from "react";

/// Names the colours that the page has now, for what is drawn in them.
export const usePalette = () => useSyncExternalStore(whenChanged, palette);

function palette(): string {
  const { theme, contrast } = document.documentElement.dataset;
  return `${theme} ${contrast}`;
}

function whenChanged(listener: () => void) {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "data-contrast"] });
  return () => observer.disconnect();
}
