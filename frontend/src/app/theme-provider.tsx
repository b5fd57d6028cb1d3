import { type ReactNode, useEffect } from "react";
import { fetchProfile } from "@/api/auth";
import { useAuth } from "@/lib/session";
import { adoptTheme, isThemeChosenHere, useAppliedTheme } from "@/lib/theme";

/// Keeps the page in the chosen theme while the choice or the system's changes. A browser in which
/// nothing was chosen yet takes over what its person chose elsewhere.
export function ThemeProvider({ children }: { children: ReactNode }) {
  useAppliedTheme();
  const userId = useAuth().user?.id;
  useEffect(() => {
    if (userId === undefined || isThemeChosenHere()) return;
    fetchProfile().then(
      ({ preferences }) => adoptTheme(preferences),
      // The system's theme is a good one too; the next visit asks again.
      () => undefined,
    );
  }, [userId]);
  return children;
}
