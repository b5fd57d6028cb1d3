import { useLingui } from "@lingui/react/macro";
import type { KeyScope } from "@/api/types";

/// What a key can open.
export function useScopes(): { scope: KeyScope; name: string; hint: string }[] {
  const { t } = useLingui();
  return [
    { scope: "chats", name: t`Chats`, hint: t`Read, write and delete chats and messages` },
    { scope: "models", name: t`Models`, hint: t`List the models and use them directly` },
    { scope: "memories", name: t`Memories`, hint: t`Read, change and forget what is remembered` },
  ];
}
