import { useLingui } from "@lingui/react/macro";

/// The parts of the settings in their order, by their place in the address.
export function useSettingsParts() {
  const { t } = useLingui();
  return [
    { part: "appearance", title: t`Appearance` },
    { part: "answers", title: t`Answers` },
    { part: "memory", title: t`Memory` },
    { part: "profile", title: t`Profile` },
    { part: "devices", title: t`Signed-in devices` },
    { part: "password", title: t`Password` },
    { part: "second-factor", title: t`Second factor` },
    { part: "passkeys", title: t`Passkeys` },
    { part: "keys", title: t`API keys` },
    { part: "usage", title: t`Usage` },
    { part: "import", title: t`Import chats` },
    { part: "data", title: t`Your data` },
  ] as const;
}

export type SettingsPart = ReturnType<typeof useSettingsParts>[number]["part"];
