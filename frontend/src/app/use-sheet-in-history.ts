import { useCallback } from "react";
import { useLocation, useNavigate } from "react-router";

/// A sheet that Back closes: it is open where its entry of the history is the current one.
export function useSheetInHistory() {
  const { state, pathname } = useLocation();
  const navigate = useNavigate();
  const open = (state as { sheet?: boolean } | null)?.sheet === true;

  const show = useCallback(() => {
    void navigate(pathname, { state: { sheet: true }, preventScrollReset: true });
  }, [navigate, pathname]);
  const hide = useCallback(() => {
    void navigate(-1);
  }, [navigate]);
  /// Closes it and goes on from the page below it.
  const leave = useCallback(
    (then: () => void) => {
      if (!open) return then();
      addEventListener("popstate", () => setTimeout(then), { once: true });
      void navigate(-1);
    },
    [navigate, open],
  );
  return { open, show, hide, leave };
}
