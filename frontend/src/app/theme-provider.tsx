import type { ReactNode } from "react";
import { useAppliedTheme } from "@/lib/theme";

/// Keeps the page in the chosen theme while the choice or the system's changes.
export function ThemeProvider({ children }: { children: ReactNode }) {
  useAppliedTheme();
  return children;
}
