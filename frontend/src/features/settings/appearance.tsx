import { useLingui } from "@lingui/react/macro";
import type { Preferences, ThemeChoice } from "@/api/types";
import { offeredLanguages, useLanguage } from "@/lib/language";
import { saveProfile } from "@/lib/profile";
import { type ContrastChoice, useTheme } from "@/lib/theme";
import { useSaving } from "@/lib/use-saving";
import { Notice } from "@/ui/notice";
import { SavedMark } from "@/ui/saved-mark";
import { Segmented } from "@/ui/segmented";
import { Line, Part } from "./part";

/// Takes effect here at once, and is kept for the person's other devices.
export function Appearance() {
  const { t } = useLingui();
  const { theme, contrast, setTheme, setContrast } = useTheme();
  const { language, setLanguage } = useLanguage();
  const { saved, error, run } = useSaving((preferences: Partial<Preferences>) =>
    saveProfile({ preferences }),
  );
  const themes: { value: ThemeChoice; label: string }[] = [
    { value: "system", label: t`System` },
    { value: "light", label: t`Light` },
    { value: "dark", label: t`Dark` },
  ];
  const contrasts: { value: ContrastChoice; label: string }[] = [
    { value: "system", label: t`System` },
    { value: "normal", label: t`Normal` },
    { value: "high", label: t`High` },
  ];
  const languages = [
    { value: "system", label: t`System` },
    ...offeredLanguages.map(({ code, name }) => ({ value: code, label: name, lang: code })),
  ];
  return (
    <Part part="appearance">
      <Line name={t`Theme`}>
        <SavedMark shown={saved} />
        <Segmented
          label={t`Theme`}
          value={theme}
          options={themes}
          onChange={(choice) => {
            setTheme(choice);
            void run({ theme: choice });
          }}
        />
      </Line>
      <Line name={t`Contrast`}>
        <Segmented
          label={t`Contrast`}
          value={contrast}
          options={contrasts}
          onChange={(choice) => {
            setContrast(choice);
            void run({ contrast: choice });
          }}
        />
      </Line>
      <Line name={t`Language`}>
        <Segmented
          label={t`Language`}
          value={language}
          options={languages}
          onChange={(choice) => {
            setLanguage(choice);
            void run({ language: choice === "system" ? null : choice });
          }}
        />
      </Line>
      {error !== null && <Notice>{error.message}</Notice>}
    </Part>
  );
}
