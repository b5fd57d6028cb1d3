import { useEffect } from "react";

/// The tab's title for as long as the page is shown that sets it.
export function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = "Parley";
    };
  }, [title]);
}
