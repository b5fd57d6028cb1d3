import { useLingui } from "@lingui/react/macro";
import type { Model } from "@/api/types";

/// Who offers a model, how much it reads and what it can do, in a line.
export function useModelDetail(): (model: Model) => string {
  const { t, i18n } = useLingui();
  return ({ provider, context_window, capabilities: { vision, tools, reasoning } }) => {
    const tokens = context_window === null ? "" : i18n.number(context_window, { notation: "compact" });
    return [
      provider,
      tokens !== "" && t`${tokens} tokens`,
      vision && t`images`,
      tools && t`tools`,
      reasoning && t`reasoning`,
    ]
      .filter((part) => part !== false)
      .join(" · ");
  };
}
