import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import type { ReactNode } from "react";
import { useAppliedLanguage } from "@/lib/language";

/// Keeps the page in the chosen language while the choice changes.
export function LanguageProvider({ children }: { children: ReactNode }) {
  useAppliedLanguage();
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>;
}
