import { useEffect } from "react";
import type { ThemeChoice } from "@/api/types";
import { browserStorage } from "./browser-storage";
import { useLocalStorage, writeLocalStorage } from "./use-local-storage";
import { useMediaQuery } from "./use-media-query";

export type ContrastChoice = "system" | "normal" | "high";

const themes: readonly string[] = ["system", "light", "dark"];
const contrasts: readonly string[] = ["system", "normal", "high"];

const themeKey = "parley.theme";
const contrastKey = "parley.contrast";

export const isThemeChosenHere = () => browserStorage.getItem(themeKey) !== null;

/// What is chosen here while the profile is on its way stands, each by itself.
export function adoptTheme({ theme, contrast }: { theme: string; contrast: string | null }) {
  adopt(themeKey, theme);
  if (contrast !== null) adopt(contrastKey, contrast);
}

function adopt(key: string, choice: string) {
  if (browserStorage.getItem(key) === null) writeLocalStorage(key, choice);
}

/// The choice lives in localStorage, where the script in index.html finds it before the first paint.
export function useTheme() {
  const [storedTheme, setTheme] = useLocalStorage(themeKey, "system");
  const [storedContrast, setContrast] = useLocalStorage(contrastKey, "system");
  const theme = (themes.includes(storedTheme) ? storedTheme : "system") as ThemeChoice;
  const contrast = (contrasts.includes(storedContrast) ? storedContrast : "system") as ContrastChoice;
  return {
    theme,
    contrast,
    setTheme: (choice: ThemeChoice) => setTheme(choice),
    setContrast: (choice: ContrastChoice) => setContrast(choice),
  };
}

export function useAppliedTheme() {
  const { theme, contrast } = useTheme();
  const systemDark = useMediaQuery("(prefers-color-scheme: dark)");
  const systemHigh = useMediaQuery("(prefers-contrast: more)");
  const dark = theme === "dark" || (theme === "system" && systemDark);
  const high = contrast === "high" || (contrast === "system" && systemHigh);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.documentElement.dataset.contrast = high ? "high" : "normal";
  }, [dark, high]);
}
